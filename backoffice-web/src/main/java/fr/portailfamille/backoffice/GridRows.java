package fr.portailfamille.backoffice;

import fr.portailfamille.common.Page;
import jakarta.faces.context.FacesContext;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.primefaces.component.datatable.DataTable;
import org.primefaces.model.FilterMeta;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;
import org.primefaces.model.SortOrder;

/**
 * The rows of a grid, asked of a boundary page by page. The fields of sortable columns are the names of the boundary's
 * sort keys.
 *
 * @param <R> the row
 * @param <S> what the grid can be sorted by
 */
final class GridRows<R, S extends Enum<S>> extends LazyDataModel<R> {

    private static final long serialVersionUID = 1L;

    /** What a boundary answers to: criteria are the page's own. */
    interface Source<R, S extends Enum<S>> extends Serializable {
        Page<R> page(S sort, boolean ascending, int first, int size);
    }

    /** What tells one row from another. */
    interface Key<R> extends Function<R, Object>, Serializable {}

    private final S usual;
    private final boolean usuallyAscending;
    private final Key<R> key;
    private final Source<R, S> source;

    GridRows(S usual, boolean usuallyAscending, Key<R> key, Source<R, S> source) {
        this.usual = usual;
        this.usuallyAscending = usuallyAscending;
        this.key = key;
        this.source = source;
    }

    /** Known only once a page is loaded: rows and their number are asked for together. */
    @Override
    public int count(Map<String, FilterMeta> filterBy) {
        return getRowCount();
    }

    @Override
    public List<R> load(int first, int size, Map<String, SortMeta> sortBy, Map<String, FilterMeta> filterBy) {
        Optional<SortMeta> chosen = sortBy.values().stream()
                .filter(sort -> sort.getOrder() != SortOrder.UNSORTED)
                .findFirst();
        S sort = chosen.map(column -> Enum.valueOf(usual.getDeclaringClass(), column.getField()))
                .orElse(usual);
        boolean ascending =
                chosen.map(column -> column.getOrder() == SortOrder.ASCENDING).orElse(usuallyAscending);
        Page<R> page = source.page(sort, ascending, first, size);
        if (page.rows().isEmpty() && first > 0 && page.total() > 0) {
            // Rows went away meanwhile: the last page that there is.
            int last = (int) ((page.total() - 1) / size * size);
            page = source.page(sort, ascending, last, size);
        }
        setRowCount((int) page.total());
        return page.rows();
    }

    @Override
    public String getRowKey(R row) {
        return key.apply(row).toString();
    }

    @Override
    public R getRowData(String rowKey) {
        return shown().stream()
                .filter(row -> getRowKey(row).equals(rowKey))
                .findFirst()
                .orElse(null);
    }

    /** The row before or after that one on the page shown. */
    Optional<R> beside(String rowKey, int step) {
        List<R> rows = shown();
        for (int i = 0; i < rows.size(); i++) {
            if (Objects.equals(getRowKey(rows.get(i)), rowKey)) {
                return i + step >= 0 && i + step < rows.size() ? Optional.of(rows.get(i + step)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private List<R> shown() {
        return getWrappedData() == null ? List.of() : getWrappedData();
    }

    /** After a new search: page one again. */
    static void toFirstPage() {
        DataTable grid =
                (DataTable) FacesContext.getCurrentInstance().getViewRoot().findComponent("grid");
        if (grid != null) {
            grid.setFirst(0);
        }
    }
}
