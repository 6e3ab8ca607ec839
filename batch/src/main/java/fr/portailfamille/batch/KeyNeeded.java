package fr.portailfamille.batch;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The error page of 401: whoever calls without a good key gets a problem document too. */
@WebServlet("/key-needed")
public class KeyNeeded extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding("UTF-8");
        response.getWriter()
                .write(new Problem(HttpServletResponse.SC_UNAUTHORIZED, "UNAUTHORIZED", "A bearer key is needed.")
                        .text());
    }
}
