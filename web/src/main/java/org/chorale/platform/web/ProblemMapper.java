package org.chorale.platform.web;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;
import static org.chorale.problem.ProblemType.INTERNAL_ERROR;
import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.METHOD_NOT_ALLOWED;
import static org.chorale.problem.ProblemType.NOT_ACCEPTABLE;
import static org.chorale.problem.ProblemType.NOT_FOUND;
import static org.chorale.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.Problem;

/** The one place where a failed REST call becomes an answer. Expected failures tell why; others are logged here and tell nothing. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final System.Logger LOGGER = System.getLogger(ProblemMapper.class.getName());

    @Context
    private UriInfo request;

    @Override
    public Response toResponse(Throwable failure) {
        Response.ResponseBuilder response = answer(problemOf(failure));
        if (failure instanceof NotAllowedException notAllowed) {
            response.header("Allow", notAllowed.getResponse().getHeaderString("Allow"));
        }
        return response.build();
    }

    /** A problem as an answer, for those who have more to say with it. */
    public static Response.ResponseBuilder answer(Problem problem) {
        Response.ResponseBuilder response = Response.status(problem.type().status())
            .type(ProblemJson.MEDIA_TYPE)
            .entity(ProblemJson.text(problem));
        ProblemJson.retryAfter(problem).ifPresent(seconds -> response.header("Retry-After", seconds));
        if (problem.type().status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header("WWW-Authenticate", "Bearer");
        }
        return response;
    }

    private Problem problemOf(Throwable failure) {
        // Readers of request bodies wrap what they throw.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CollaborationException expected) {
                return expected.problem();
            }
        }
        Optional<Problem> noDatabase = StorageFailures.problemOf(failure);
        if (noDatabase.isPresent()) {
            LOGGER.log(WARNING, () -> "request to %s found no database: %s".formatted(request.getPath(), failure));
            return noDatabase.get();
        }
        return switch (failure) {
            case NotFoundException unknown -> NOT_FOUND.with(request.getPath());
            case NotAllowedException method -> METHOD_NOT_ALLOWED.with(request.getPath());
            case NotSupportedException type -> UNSUPPORTED_MEDIA_TYPE.with("Content-Type (expected: application/json)");
            case NotAcceptableException type -> NOT_ACCEPTABLE.with("Accept (expected: application/json)");
            case ClientErrorException other -> INVALID_REQUEST.with("The request cannot be read.");
            default -> {
                LOGGER.log(ERROR, "request to " + request.getPath() + " failed", failure);
                yield INTERNAL_ERROR.with("See the server's log.");
            }
        };
    }
}
