package fr.portailfamille.batch.lot;

import fr.portailfamille.exchange.LotRun;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.context.JobContext;
import java.util.Properties;

/** The run that a job execution works for, as its parameters. */
final class RunParameters {

    private RunParameters() {}

    static Properties of(LotRun run) {
        Properties parameters = new Properties();
        parameters.setProperty("town", Integer.toString(run.town()));
        parameters.setProperty("lot", Long.toString(run.lot()));
        parameters.setProperty("run", Long.toString(run.run()));
        parameters.setProperty("attempt", Integer.toString(run.attempt()));
        return parameters;
    }

    static LotRun of(JobContext context) {
        JobOperator jobs = BatchRuntime.getJobOperator();
        Properties parameters = jobs.getJobExecution(context.getExecutionId()).getJobParameters();
        return new LotRun(
                Integer.parseInt(parameters.getProperty("town")),
                Long.parseLong(parameters.getProperty("lot")),
                Long.parseLong(parameters.getProperty("run")),
                Integer.parseInt(parameters.getProperty("attempt")));
    }
}
