package fr.portailfamille.batch;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;

/** Who calls without a good key, or while keys cannot be looked up, gets a problem document too. */
@WebServlet("/error-page")
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (Integer.valueOf(HttpServletResponse.SC_SERVICE_UNAVAILABLE).equals(status)) {
            response.setIntHeader(HttpHeaders.RETRY_AFTER, Problem.AGAIN_SECONDS);
            write(response, Problem.unavailable("The portal cannot answer for a moment."));
        } else {
            write(
                    response,
                    new Problem(HttpServletResponse.SC_UNAUTHORIZED, "UNAUTHORIZED", "A bearer key is needed."));
        }
    }

    private static void write(HttpServletResponse response, Problem problem) throws IOException {
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(problem.text());
    }
}
