using System.Net;
using System.Text.Json;
using CrossAudit.Contracts.Errors;
using CrossAudit.Contracts.Serialization;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Http.OpenApi;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace CrossAudit.Tests.Platform.Http;

/// <summary>Every route that changes or deletes what is read with a tag, whichever there come to be.</summary>
public sealed class StaleChangesAreRefused(ServerSet servers)
{
    [Theory, EveryShape]
    public async Task What_has_a_tag_is_neither_changed_nor_deleted_by_who_has_seen_another_revision(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var belongings = await Belongings.OfAsync(founder);
        var before = await Stored.OfAsync(server, founder.OrganizationId);
        var changes = ChangesOf(server);
        Assert.Contains("PUT /api/chat/messages/{id}", changes.Select(route => route.Name));
        Assert.Contains("DELETE /api/organizations/{orgId}/invitations/{id}", changes.Select(route => route.Name));
        Assert.Contains("DELETE /api/organizations/{orgId}", changes.Select(route => route.Name));

        foreach (var route in changes)
        {
            using var answer = await founder.SendAsync(new HttpMethod(route.Method), route.Path(belongings.For), BodyOf(server, route), ("If-Match", "\"4711-0f1e2d3c4b5a6978\""));

            Assert.True(answer.StatusCode == HttpStatusCode.PreconditionFailed, $"{route.Name} answers {(int)answer.StatusCode}");
            await answer.IsProblemAsync(HttpStatusCode.PreconditionFailed, ErrorCodes.PreconditionFailed);
            Assert.Equal(before, await Stored.OfAsync(server, founder.OrganizationId));
        }
    }

    private static List<MappedRoute> ChangesOf(RunningServer server)
    {
        var routes = MappedRoute.AllOf(server);
        var tagged = routes.Where(route => route.Method == "GET" && route.Endpoint.Metadata.GetMetadata<EntityTagged>() is not null).Select(route => route.Name["GET".Length..]).ToHashSet();
        return [.. routes.Where(route => route.Method is "PUT" or "DELETE" && tagged.Contains(route.Name[route.Method.Length..]))];
    }

    private static StringContent? BodyOf(RunningServer server, MappedRoute route) => route.Endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } type
        ? Answer.Json(server.Services.GetRequiredService<ApiExamples>().Of(type)!.ToJsonString(new JsonSerializerOptions(CrossAuditJson.Options)))
        : null;
}
