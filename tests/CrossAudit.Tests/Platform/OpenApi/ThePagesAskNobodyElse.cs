using System.Net;
using System.Text.RegularExpressions;

namespace CrossAudit.Tests.Platform.OpenApi;

/// <summary>Swagger UI and ReDoc work in a network without the internet, and tell nobody who reads them.</summary>
public partial class ThePagesAskNobodyElse(RunningApi api) : IClassFixture<RunningApi>
{
    [Theory]
    [InlineData("/docs/index.html")]
    [InlineData("/redoc/index.html")]
    public async Task All_that_a_page_loads_is_served_here(string page)
    {
        var html = await api.Client.GetStringAsync(page, TestContext.Current.CancellationToken);
        var assets = Asset().Matches(html).Select(match => match.Groups[1].Value).Where(asset => !asset.StartsWith("data:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(assets);
        Assert.All(assets, asset => Assert.DoesNotContain("//", asset, StringComparison.Ordinal));
        foreach (var asset in assets)
        {
            using var answer = await api.Client.GetAsync(new Uri(new Uri(api.Client.BaseAddress!, page), asset), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/docs/index.html")]
    [InlineData("/redoc/index.html")]
    public async Task No_script_runs_that_is_not_a_file_of_ours(string page)
    {
        using var answer = await api.Client.GetAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReDoc_shows_no_logo_from_elsewhere()
    {
        var script = await api.Client.GetStringAsync("/redoc/redoc.js", TestContext.Current.CancellationToken);

        Assert.Contains("Redoc", script, StringComparison.Ordinal);
        Assert.DoesNotContain("cdn.", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_description_is_served_as_JSON()
    {
        using var answer = await api.Client.GetAsync(new Uri("/openapi.json", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\"CrossAudit AI API\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Asset();
}
