using System.Net;
using System.Text;
using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;

namespace CrossAudit.Tests.Client;

public sealed class RequestsAreWritten
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filter_names_what_it_has_and_nothing_else()
    {
        using var server = new StubServer(_ => Page<AuditLogView>([], new PageMeta { Limit = 5, Offset = 0, HasMore = false }));
        var from = new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.FromHours(1));

        await server.Client().Audit.ListAsync(new AuditFilter { Action = "document.*", StartDate = from, Text = "a&b=ü" }, limit: 5, stop: Stop);

        Assert.Equal("/api/audit/logs?action=document.%2A&start_date=2026-01-31T09%3A00%3A00.000000Z&q=a%26b%3D%C3%BC&limit=5", server.Seen[0].Path);
    }

    [Fact]
    public async Task A_list_with_cursors_is_walked_by_them()
    {
        using var server = new StubServer(request => request.Path.Contains("cursor=two", StringComparison.Ordinal)
            ? Page([3], new PageMeta { Limit = 2, Offset = 0, HasMore = false })
            : Page([1, 2], new PageMeta { Limit = 2, Offset = 0, HasMore = true, NextCursor = "two" }));

        Assert.Equal(["1", "2", "3"], await Titles(server));
        Assert.Equal(["/api/documents?limit=2&offset=0", "/api/documents?limit=2&cursor=two"], server.Seen.Select(request => request.Path));
    }

    [Fact]
    public async Task A_list_without_cursors_is_walked_by_offset()
    {
        using var server = new StubServer(request => request.Path.Contains("offset=2", StringComparison.Ordinal)
            ? Page([3], new PageMeta { Limit = 2, Offset = 2, HasMore = false })
            : Page([1, 2], new PageMeta { Limit = 2, Offset = 0, HasMore = true }));

        Assert.Equal(["1", "2", "3"], await Titles(server));
    }

    [Fact]
    public async Task The_tag_that_was_read_is_the_condition_of_the_change()
    {
        using var server = new StubServer(_ =>
        {
            var answer = StubServer.Json(Envelope.Of(Document(1)));
            answer.Headers.ETag = new("\"7\"");
            return answer;
        });
        var documents = server.Client().Documents;

        var read = await documents.GetAsync(Guid.CreateVersion7(), Stop);
        await documents.UpdateAsync(read.Value.Id, new UpdateDocumentRequest { Title = "New", Description = new(null) }, read.ETag, Stop);

        Assert.Equal("\"7\"", server.Seen[1].IfMatch);
        Assert.Contains("\"title\":\"New\",\"description\":null", server.Seen[1].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("document_type", server.Seen[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_name_can_be_uploaded()
    {
        using var server = new StubServer(_ => StubServer.Refusal(HttpStatusCode.NotFound, "resource.not_found"));
        using var content = new MemoryStream(Encoding.UTF8.GetBytes("x"));

        await Assert.ThrowsAsync<CrossAuditException>(() => server.Client().Documents.UploadAsync(content, "a \"b\"\r\nü.txt", new UploadFields { Tags = ["x", "y"] }, Stop));

        Assert.Contains("filename=\"a _b____.txt\"; filename*=utf-8''a%20%22b%22%0D%0A%C3%BC.txt", server.Seen[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_behind_a_path_is_found_there()
    {
        using var server = new StubServer(_ => StubServer.Json(Envelope.Of(StubServer.User)));
        using var http = new HttpClient(server) { BaseAddress = new Uri("http://stub.example/audit/") };

        await new CrossAuditClient(http).Auth.MeAsync(Stop);

        Assert.Equal("/audit/api/auth/me", server.Seen[0].Path);
    }

    private static async Task<List<string>> Titles(StubServer server)
    {
        var titles = new List<string>();
        await foreach (var document in server.Client().Documents.WalkAsync(pageSize: 2, stop: Stop))
            titles.Add(document.Title);
        return titles;
    }

    private static HttpResponseMessage Page(int[] numbers, PageMeta meta) => Page<DocumentView>([.. numbers.Select(Document)], meta);

    private static HttpResponseMessage Page<T>(IReadOnlyList<T> items, PageMeta meta) => StubServer.Json(Envelope.Of(items, meta));

    private static DocumentView Document(int number) => new()
    {
        Id = Guid.CreateVersion7(),
        OrganizationId = Guid.CreateVersion7(),
        Title = $"{number}",
        DocumentType = "policy",
        CurrentVersion = 0,
        TotalVersions = 0,
        SensitivityLevel = SensitivityLevel.Internal,
        RetentionPolicy = new RetentionPolicyView { RetentionPeriod = 1, AutoDelete = false, StartsAt = "created_at" },
        RetentionSource = "organization",
        RetainedUntil = default,
        LegalHold = false,
        Tags = [],
        Status = DocumentStatus.Empty,
        CreatedBy = default,
        LastModifiedBy = default,
        CreatedAt = default,
        UpdatedAt = default,
    };
}
