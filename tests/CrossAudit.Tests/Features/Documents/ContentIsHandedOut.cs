using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Documents.Extraction;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Documents;

/// <summary>Content as browsers and download tools ask for it, in plain and encrypted: ranges, conditions, and headers that are safe for any name.</summary>
public sealed class ContentIsHandedOut(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public Task Ranges_and_conditions_hold_in_plain(Shape shape) => AskForPartsAsync(shape, key: null);

    [Theory, EveryShape]
    public Task Ranges_and_conditions_hold_encrypted(Shape shape) => AskForPartsAsync(shape, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    [Theory, EveryShape]
    public async Task Any_name_comes_back_in_a_header_that_is_safe(Shape shape)
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var names = JsonSerializer.Deserialize<List<string>>(await File.ReadAllTextAsync(Path.Combine(SharedData.Folder, "vectors", "naughty-strings", "blns.json"), Stop))!;
        var id = (await founder.Client.Documents.CreateAsync(new() { Title = "Names" }, Stop)).Value.Id;
        var number = 0;
        foreach (var name in names.Where(name => !string.IsNullOrEmpty(name)).Append("a\r\nSet-Cookie: b=c").Append("\u202Egnp.exe").Append("CON").Append("a;b=\"c\\").DistinctBy(name => name))
        {
            var disposition = $"form-data; name=\"file\"; filename*=UTF-8''{Uri.EscapeDataString(name)}";
            using var sent = await founder.AskAsync(HttpMethod.Post, $"api/documents/{id}/upload", Uploads.Form(disposition, Encoding.UTF8.GetBytes($"Version {number}")));
            number++;
            var stored = (await founder.Client.Documents.GetVersionAsync(id, number, Stop)).Filename;
            using var content = await founder.AskAsync(HttpMethod.Get, $"api/documents/{id}/versions/{number}/content", null, ("Range", "bytes=0-0"));

            Assert.DoesNotContain(stored, c => char.IsControl(c) || c is '/' or '\\');
            Assert.False(content.Headers.Contains("Set-Cookie"));
            Assert.Equal("nosniff", content.Header("X-Content-Type-Options"));
            var header = Assert.Single(content.Content.Headers.GetValues("Content-Disposition"));
            Assert.True(header.StartsWith("attachment;", StringComparison.Ordinal) && header.All(c => c is >= ' ' and <= '~'), header);
            Assert.Equal(stored, ContentDispositionHeaderValue.Parse(header).FileNameStar);
        }
        Assert.True(number > 400, $"{number} names");
    }

    private async Task AskForPartsAsync(Shape shape, string? key)
    {
        await using var server = await servers.StartAsync(shape, new Dictionary<string, string?> { ["BLOB_ENCRYPTION_KEY"] = key });
        var founder = await Person.FounderAsync(server);
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 30_000).Select(n => $"line {n}\n")));
        var id = (await founder.UploadAsync("lines.txt", bytes, Stop)).DocumentId;
        var (path, tag) = ($"api/documents/{id}/content", $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"");
        Task<HttpResponseMessage> GetAsync(params (string Name, string Value)[] headers) => founder.SendAsync(HttpMethod.Get, path, null, headers);

        using var whole = await GetAsync();
        Assert.Equal(bytes, await whole.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal((tag, "bytes", "nosniff", "text/plain"), (whole.Header("ETag"), whole.Header("Accept-Ranges"), whole.Header("X-Content-Type-Options"), whole.Content.Headers.ContentType!.MediaType));

        foreach (var (range, from, to) in new[] { ("0-0", 0, 1), ("65530-65545", 65530, 65546), ("65536-131071", 65536, 131072), ("100000-", 100000, bytes.Length), ("-70000", bytes.Length - 70000, bytes.Length), ("-99999999", 0, bytes.Length), ("5-99999999", 5, bytes.Length) })
        {
            using var part = await GetAsync(("Range", $"bytes={range}"));
            Assert.Equal((range, HttpStatusCode.PartialContent), (range, part.StatusCode));
            Assert.Equal($"bytes {from}-{to - 1}/{bytes.Length}", part.Header("Content-Range"));
            Assert.Equal(bytes[from..to], await part.Content.ReadAsByteArrayAsync(Stop));
        }
        using var beyond = await GetAsync(("Range", $"bytes={bytes.Length}-"));
        await beyond.IsProblemAsync(HttpStatusCode.RequestedRangeNotSatisfiable, ErrorCodes.RequestRefused);
        Assert.Equal($"bytes */{bytes.Length}", beyond.Header("Content-Range"));
        // More than one range is answered by the whole, as it may be (RFC 9110, section 14.2).
        using var several = await GetAsync(("Range", "bytes=0-1,5-6"));
        Assert.Equal((HttpStatusCode.OK, bytes.Length), (several.StatusCode, several.Content.Headers.ContentLength));

        using var unchanged = await GetAsync(("Range", "bytes=10-19"), ("If-Range", tag));
        Assert.Equal((HttpStatusCode.PartialContent, 10), (unchanged.StatusCode, unchanged.Content.Headers.ContentLength));
        using var changed = await GetAsync(("Range", "bytes=10-19"), ("If-Range", "\"another\""));
        Assert.Equal((HttpStatusCode.OK, bytes.Length), (changed.StatusCode, changed.Content.Headers.ContentLength));
        using var known = await GetAsync(("If-None-Match", tag));
        Assert.Equal((HttpStatusCode.NotModified, tag), (known.StatusCode, known.Header("ETag")));
        using var other = await GetAsync(("If-None-Match", "\"another\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }
}
