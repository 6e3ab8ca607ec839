package fr.portailfamille.common;

import java.util.List;
import java.util.function.Function;

/** One page of a grid and the number of rows that the criteria find in all. */
public record Page<R>(List<R> rows, long total) {

    public Page {
        rows = List.copyOf(rows);
    }

    public <T> Page<T> map(Function<? super R, ? extends T> mapping) {
        return new Page<>(rows.stream().<T>map(mapping).toList(), total);
    }
}
