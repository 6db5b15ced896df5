using System.Net;
using System.Text;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Errors;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.AspNetCore.Authorization;

namespace CrossAudit.Tests;

/// <summary>The first rungs of every route, climbed from the server's own table: a route that is added is climbed too, without a word here.</summary>
public sealed class AccessLadderTests(ServerSet servers)
{
    /// <summary>The least that each route takes as a body. A route that is missing here fails by name.</summary>
    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["POST /api/organizations/{orgId}/invitations"] = """{"email":"somebody@example.org","role":"member"}""",
        ["PUT /api/organizations/{orgId}"] = """{"name":"Taken over"}""",
        ["PUT /api/organizations/{orgId}/settings"] = """{"mfa_required":false}""",
        ["PUT /api/organizations/{orgId}/members/{userId}/role"] = """{"role":"viewer"}""",
        ["POST /api/organizations/{orgId}/transfer-ownership"] = """{"user_id":"019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f"}""",
        ["PUT /api/admin/api-keys/{id}"] = """{"name":"Taken over"}""",
        ["PUT /api/rbac/roles/{id}"] = """{"display_name":"Taken over"}""",
        ["PUT /api/rbac/departments/{id}"] = """{"display_name":"Taken over"}""",
        ["POST /api/rbac/users/{userId}/roles/{roleId}"] = "{}",
        ["PUT /api/documents/{id}"] = """{"title":"Taken over"}""",
        ["PUT /api/documents/{id}/retention"] = """{"retention_period":1}""",
        ["PUT /api/documents/{id}/legal-hold"] = """{"legal_hold":true,"reason":"Taken over"}""",
        ["POST /api/documents/{id}/upload"] = "multipart",
        ["POST /api/chat/threads/direct"] = """{"user_id":"019a4c1e-7d2b-7c3a-9a51-3f0c2b1d4e5f"}""",
        ["PUT /api/chat/threads/{id}"] = """{"name":"Taken over"}""",
        ["POST /api/chat/threads/{id}/messages"] = """{"content":"Taken over"}""",
        ["PUT /api/chat/threads/{id}/read"] = """{"sequence_number":1}""",
        ["PUT /api/chat/messages/{id}"] = """{"content":"Taken over"}""",
    };

    /// <summary>Routes that need no sign-in, for everybody to see what is opened.</summary>
    private static readonly string[] Public = ["GET /api/chat/ws", "GET /api/chat/ws/{threadId}", "POST /api/auth/change-email/confirm", "POST /api/auth/login", "POST /api/auth/refresh", "POST /api/auth/register",
        "POST /api/auth/reset-password", "POST /api/auth/reset-password/confirm", "POST /api/auth/verify-email", "POST /api/leaked-keys", "POST /api/organizations/invitations/lookup"];

    /// <summary>Parameters by which somebody of another organization is meant: what they answer where they do not.</summary>
    private static readonly Dictionary<(string Route, string Parameter), HttpStatusCode> MayBeAnybody = new()
    {
        [("POST /api/organizations/{orgId}/members/{userId}", "userId")] = HttpStatusCode.OK,
        // By the line above they have become a member before this is asked.
        [("PUT /api/organizations/{orgId}/members/{userId}/role", "userId")] = HttpStatusCode.OK,
        [("POST /api/chat/threads/{id}/participants/{userId}", "userId")] = HttpStatusCode.BadRequest,
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_states_its_access_and_the_public_ones_are_these()
    {
        var routes = MappedRoute.AllOf(await servers.OnAsync(Shape.Embedded));

        Assert.True(routes.Count > 40, $"There are {routes.Count} routes only.");
        Assert.All(routes, route => Assert.True(route.IsPublic || route.Endpoint.Metadata.GetMetadata<IAuthorizationRequirement>() is not null, $"{route.Name} states no access"));
        Assert.All(routes, route => Assert.True(route.Permission is null || Permissions.All.Contains(route.Permission), $"{route.Name} needs {route.Permission}, which no role can have"));
        Assert.Equal(Public, routes.Where(route => route.IsApi && route.IsPublic).Select(route => route.Name).Order(StringComparer.Ordinal));
    }

    [Theory, EveryShape]
    public async Task Nobody_gets_anywhere_without_signing_in(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var belongings = await Belongings.OfAsync(founder);
        var before = await Stored.OfAsync(server, founder.OrganizationId);

        foreach (var route in MappedRoute.AllOf(server).Where(route => route.IsApi && !route.IsPublic))
            foreach (var token in new[] { null, "nonsense" })
            {
                using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Path(belongings.For));
                if (token is not null)
                    request.Headers.Authorization = new("Bearer", token);
                using var answer = await server.Http.SendAsync(request, Stop);
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{route.Name} answered {answer.StatusCode} to somebody who is not signed in");
                await answer.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthenticated);
                Assert.NotNull(answer.Header("WWW-Authenticate"));
            }

        Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task Whoever_lacks_the_permission_is_refused_and_that_is_recorded(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var belongings = await Belongings.OfAsync(founder);
        var people = new Dictionary<string, Person>();
        foreach (var role in new[] { "viewer", "auditor", "member" })
            people[role] = await founder.AddMemberAsync(role);
        var expected = await Stored.OfAsync(server, founder.OrganizationId);
        var everybodyMay = new HashSet<string>();

        foreach (var route in MappedRoute.AllOf(server).Where(route => route.Permission is not null))
        {
            if (people.FirstOrDefault(person => !DefaultRoles.AllowedBy(person.Key).Allows(route.Permission!)).Value is not { } lacking)
            {
                everybodyMay.Add(route.Permission!);
                continue;
            }
            var path = route.Path(belongings.For);
            using var answer = await lacking.SendAsync(new HttpMethod(route.Method), path);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{route.Name} answered {answer.StatusCode} to somebody without {route.Permission}");
            await answer.IsProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.PermissionDenied);
            Assert.Single(
                await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.PermissionDenied),
                denied => (denied.ActorUserId, denied.CorrelationId, denied.Outcome) == (lacking.Id, answer.Header("X-Trace-Id"), "denied")
                    && denied.Metadata!["permission"]!.GetValue<string>() == route.Permission && denied.Metadata["path"]!.GetValue<string>() == "/" + path.TrimStart('/'));
        }

        Assert.Equal([Permissions.UsersRead], everybodyMay);
        Assert.Equal(expected, await Stored.OfAsync(server, founder.OrganizationId));
    }

    [Theory, EveryShape]
    public async Task What_belongs_to_another_organization_is_not_there(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (they, we) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        var (theirs, ours) = (await Belongings.OfAsync(they), await Belongings.OfAsync(we));
        var before = await Stored.OfAsync(server, they.OrganizationId);
        var asked = 0;

        // Those that let somebody in come last: before, everybody of the other organization is a stranger.
        foreach (var route in MappedRoute.AllOf(server).Where(route => route.IsApi && !route.IsPublic).OrderBy(route => MayBeAnybody.Keys.Any(known => known.Route == route.Name)))
            foreach (var parameter in route.Parameters.Where(parameter => Guid.TryParse(theirs.For(parameter), out _)))
            {
                asked++;
                using var foreign = await SendAsync(we, route, other => other == parameter ? theirs.For(other) : ours.For(other));
                if (MayBeAnybody.TryGetValue((route.Name, parameter.Name), out var meant))
                {
                    Assert.Equal((route.Name, meant), (route.Name, foreign.StatusCode));
                    continue;
                }
                Assert.True(foreign.StatusCode == HttpStatusCode.NotFound, $"{route.Name} answered {foreign.StatusCode} to the {parameter.Name} of another organization: {await foreign.Content.ReadAsStringAsync(Stop)}");
                var nobodys = Guid.CreateVersion7().ToString();
                using var absent = await SendAsync(we, route, other => other == parameter ? nobodys : ours.For(other));
                Assert.Equal(await TextAsync(absent, nobodys), await TextAsync(foreign, theirs.For(parameter)));
            }

        Assert.True(asked > 25, $"Only {asked} ids were tried.");
        Assert.Equal(before, await Stored.OfAsync(server, they.OrganizationId));
    }

    private static Task<HttpResponseMessage> SendAsync(Person person, MappedRoute route, Func<(string Name, string After), string> valueOf) =>
        person.SendAsync(new HttpMethod(route.Method), route.Path(valueOf), route.TakesBody || Bodies.ContainsKey(route.Name) ? BodyOf(route) : null);

    private static HttpContent BodyOf(MappedRoute route)
    {
        if (!Bodies.TryGetValue(route.Name, out var body))
            Assert.Fail($"{route.Name} takes a body: add the least one that is valid to {nameof(Bodies)}.");
        return body == "multipart" ? new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes("Taken over")), "file", "taken-over.txt" } } : Answer.Json(body!);
    }

    // The whole answer but for the id asked for and the trace: which of both it was must not be told.
    private static async Task<string> TextAsync(HttpResponseMessage answer, string id)
    {
        var problem = await answer.IsProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound);
        return problem.GetRawText().Replace(id, "ID", StringComparison.Ordinal).Replace(problem.GetProperty("trace_id").GetString()!, "TRACE", StringComparison.Ordinal);
    }
}
