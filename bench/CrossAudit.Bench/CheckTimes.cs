using System.Diagnostics;
using CrossAudit.Server.Core.Permissions;

namespace CrossAudit.Bench;

/// <summary>How long checks take in one graph: a round asks all questions, and the median of the rounds counts.</summary>
internal sealed class CheckTimes(AccessGraph graph, AccessQuestion[] questions)
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private const int Rounds = 51;

    private readonly List<double> _means = [];
    private readonly double[] _each = new double[questions.Length];
    private long _allocated;
    private int _held;

    /// <summary>Microseconds of processor time of a check, the median of the rounds' means.</summary>
    public double Mean => _means.Order().ElementAt(_means.Count / 2);

    /// <summary>Bytes that a check allocates.</summary>
    public double Bytes => (double)_allocated / _means.Count / questions.Length;

    public double P50 => _each[questions.Length / 2];

    public double P99 => _each[questions.Length * 99 / 100];

    public static void Measure(CheckTimes[] all)
    {
        for (var round = 0; round <= Rounds; round++)
            foreach (var one in all)
                one.Ask(isWarmUp: round == 0);
        foreach (var one in all)
            one.AskOneByOne();
    }

    private void Ask(bool isWarmUp)
    {
        var (allocated, from) = (GC.GetAllocatedBytesForCurrentThread(), Environment.CpuUsage.TotalTime);
        foreach (ref readonly var question in questions.AsSpan())
            _held += Check(question) ? 1 : 0;
        var (took, bytes) = (Environment.CpuUsage.TotalTime - from, GC.GetAllocatedBytesForCurrentThread() - allocated);
        if (_held == 0)
            throw new InvalidOperationException("Nobody holds anything: that is no measurement.");
        if (isWarmUp)
            return;
        _allocated += bytes;
        _means.Add(took.TotalMicroseconds / questions.Length);
    }

    // Asking the clock has its share in each.
    private void AskOneByOne()
    {
        for (var i = 0; i < questions.Length; i++)
        {
            var from = Stopwatch.GetTimestamp();
            _held += Check(questions[i]) ? 1 : 0;
            _each[i] = (Stopwatch.GetTimestamp() - from) * 1e6 / Stopwatch.Frequency;
        }
        Array.Sort(_each);
    }

    // As a request asks: the person's access by id, which the graph has at hand, then the permission where the thing stands.
    private bool Check(in AccessQuestion question) => graph.AccessOf(question.UserId, Now).Allows(question.Permission, question.DepartmentId);
}
