using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Permissions;
using FsCheck;
using FsCheck.Fluent;

namespace CrossAudit.Tests.Core.Permissions;

/// <summary>
/// Whatever roles, departments and grants there are: the engine, by all its ways, says of everybody what the contract's words say. A seed is drawn anew in each
/// run and printed; <c>CROSSAUDIT_SEED</c> draws the same organizations again.
/// </summary>
public sealed class TheEngineAgreesWithBruteForce
{
    private const int Graphs = 100_000;

    private readonly ReachInMemory _filter = new();
    private int _questions;

    [Fact]
    public void In_a_hundred_thousand_random_organizations()
    {
        var seed = RandomSeed.Draw();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(Graphs).WithReplay(seed.Replay),
            Prop.ForAll(RandomAccessCase.Any, organization => Disagreement(organization) is not { } found ? true.ToProperty() : false.Label($"{found}. {seed}")));
        seed.Report($"{Graphs:#,0} organizations, {_questions:#,0} questions");
    }

    private string? Disagreement(AccessCase organization)
    {
        var (truth, graph) = (new BruteForceAccess(organization), CompiledCase.Of(organization));
        _questions += organization.Questions.Count;
        return organization.Questions.SelectMany(question => Answers(truth, graph, question).Where(answer => !Equals(answer.Engine, answer.Truth))
            .Select(answer => $"{answer.Of} is {answer.Engine} for the engine and {answer.Truth} by brute force")).FirstOrDefault();
    }

    private IEnumerable<(string Of, object? Engine, object? Truth)> Answers(BruteForceAccess truth, AccessGraph graph, CaseQuestion asked)
    {
        var (at, user, department, permission) = (CompiledCase.TimeOf(asked.At), CompiledCase.IdOf(asked.User), CompiledCase.IdOrNull(asked.Department), asked.Permission);
        // Kept by the graph from an earlier question, unless a grant has ended since.
        var access = graph.AccessOf(user, at);
        var (held, clearance) = (truth.IsHeld(asked.User, permission, asked.Department, asked.At), truth.Clearance(asked.User, asked.Department, asked.At));
        var seen = held && asked.Label <= clearance;
        yield return ("Allows, in the organization", access.Allows(permission), truth.IsHeld(asked.User, permission, null, asked.At));
        yield return ("Allows, in the department", access.Allows(permission, department), held);
        yield return ("AllowsSomewhere", access.AllowsSomewhere(permission), truth.IsHeldSomewhere(asked.User, permission, asked.At));
        yield return ("ClearanceIn", access.ClearanceIn(department), clearance);

        var reach = access.ReachOf(permission);
        var highest = truth.HighestSeen(asked.User, permission, asked.At);
        yield return ("what the query filter sees", _filter.Sees(reach, department, asked.Label), seen);
        yield return ("Reach.Highest", reach.Highest, highest ?? SensitivityLevel.Public);

        var known = seen && asked.Participants?.Contains(asked.User) != false;
        var place = new ResourcePlace(department, asked.Label, asked.Participants?.Select(CompiledCase.IdOf).ToList());
        yield return ("AccessGraph.Allows", graph.Allows(user, permission, place, at), known);
        yield return ("AccessDecision", AccessDecision.Of(graph, user, permission, place, at).IsAllowed, known);
        if (graph.Roles.TryGetValue(CompiledCase.IdOf(asked.Role), out var role))
            yield return ("Covers", access.Covers(role, department), truth.MayGive(asked.User, asked.Role, asked.Department, asked.At));
    }
}
