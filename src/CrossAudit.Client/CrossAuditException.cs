namespace CrossAudit.Client;

/// <summary>The server refused a request, or a frame of a socket. That it could not be reached stays an <see cref="HttpRequestException"/>.</summary>
public sealed class CrossAuditException : Exception
{
    /// <summary>Makes the exception for a problem.</summary>
    /// <param name="problem">What the server said.</param>
    /// <param name="retryAfter">When it is worth to ask again.</param>
    /// <param name="cause">What led to it, if anything.</param>
    public CrossAuditException(Problem problem, TimeSpan? retryAfter = null, Exception? cause = null)
        : base(Describe(problem), cause) =>
        (Problem, RetryAfter) = (problem, retryAfter);

    /// <summary>What the server said.</summary>
    public Problem Problem { get; }

    /// <summary>When it is worth to ask again, where the server said so.</summary>
    public TimeSpan? RetryAfter { get; }

    private static string Describe(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var what = problem.Status == 0 ? problem.Code : $"{problem.Status} {problem.Code ?? problem.Title}";
        return problem.Detail is null ? $"{what}." : $"{what}: {problem.Detail}";
    }
}
