package fr.portailfamille.batch;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For who was not let in: whoever calls without a good key, or while keys cannot be looked up, gets a problem document too. */
@WebServlet("/error-page")
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Problem problem =
                Integer.valueOf(HttpServletResponse.SC_SERVICE_UNAVAILABLE).equals(status)
                        ? Problem.unavailable("Keys cannot be looked up.")
                        : new Problem(HttpServletResponse.SC_UNAUTHORIZED, "UNAUTHORIZED", "A bearer key is needed.");
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(problem.text());
    }
}
