using System.Diagnostics;
using System.Text.Json.Nodes;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Audit;

/// <summary>An export is checked by whoever has it: with the program, and with one that shares no line with it.</summary>
public sealed class ExportsAreVerifiedOffline(ServerSet servers) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crossaudit-export-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task The_whole_trail_holds_for_the_program_and_for_one_of_somebody_else(Shape shape)
    {
        var (founder, checkpoint) = await FounderAsync(shape, 300);

        var file = await ExportAsync(founder);

        var run = await VerifyAsync(file, "--key", checkpoint.PublicKey);
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("none of the log is missing", run.Output, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(file, Stop);
        Assert.Equal($"{lines.Length - 2} of {lines.Length - 2}", await RunOthersAsync(file, checkpoint.PublicKey));
    }

    [Theory, EveryShape]
    public async Task A_selection_holds_too_and_says_what_it_cannot_show(Shape shape)
    {
        var (founder, checkpoint) = await FounderAsync(shape, 10);
        var auditor = await founder.AddMemberAsync("auditor");
        await founder.UploadTextAsync("A heron stands.", SensitivityLevel.Restricted, "Secret title");
        await founder.UntilSealedAsync();

        var file = await ExportAsync(auditor, new() { Action = "document.*" });

        var run = await VerifyAsync(file, "--key", checkpoint.PublicKey);
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("it is a selection", run.Output, StringComparison.Ordinal);
        Assert.Contains("kept back", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret title", await File.ReadAllTextAsync(file, Stop), StringComparison.Ordinal);
        Assert.EndsWith(" of " + await SizeAsync(file), await RunOthersAsync(file, checkpoint.PublicKey), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_altered_is_refused_and_the_first_event_is_named()
    {
        var (founder, checkpoint) = await FounderAsync(Shape.Embedded, 20);
        var lines = await File.ReadAllLinesAsync(await ExportAsync(founder), Stop);

        await RefusesAsync(checkpoint, lines, 5, line => line["action"] = "document.read", "event 4");
        await RefusesAsync(checkpoint, lines, 6, line => line["actor_label"] = "somebody@else.example", "event 5");
        await RefusesAsync(checkpoint, lines, 7, line => line["created_at"] = "2020-01-01T00:00:00.000000Z", "event 6");
        await RefusesAsync(checkpoint, lines, 8, line => line["proof"]!["salt"] = null, "event 7");
        await RefusesAsync(checkpoint, lines, 8, line => (line["proof"]!["salt"], line["proof"]!["details_withheld"], line["actor_label"]) = (null, true, "somebody@else.example"), "event 7");
        await RefusesAsync(checkpoint, lines, 8, line => line["sequence"] = 99, "event 7");
        await RefusesAsync(checkpoint, lines, 9, line => line["proof"]!["entry"] = "e30=", "event 8");
        await RefusesAsync(checkpoint, lines, 10, line => line["proof"]!["log_index"] = 11, "event 11");
        await RefusesAsync(checkpoint, lines, 0, line => line["checkpoint"] = ((string)line["checkpoint"]!).Replace("\n", "\n1", StringComparison.Ordinal), "Line 1");
        await RefusesAsync(checkpoint, lines, 0, line => line["tree_size"] = 3, "Line 1");
        await RefusesAsync(checkpoint, [.. lines[..4], .. lines[5..]], 0, _ => { }, "does not follow");
        await RefusesAsync(checkpoint, lines[..^1], 0, _ => { }, "breaks off");
        await RefusesAsync(checkpoint, [.. lines[..^2], lines[^1]], 0, _ => { }, "not as many");
        var shorter = JsonNode.Parse(lines[^1])!;
        shorter["events"] = lines.Length - 3;
        await RefusesAsync(checkpoint, [.. lines[..^2], shorter.ToJsonString()], 0, _ => { }, "Events are missing");
        await RefusesAsync(checkpoint, ["nonsense"], -1, _ => { }, "Line 1");
        await RefusesAsync(checkpoint, [], -1, _ => { }, "empty");
        var other = await (await FounderAsync(Shape.Embedded, 1)).Founder.Client.Audit.GetCheckpointAsync(Stop);
        await RefusesAsync(other, lines, 0, _ => { }, "signature");
    }

    [Fact]
    public async Task A_checkpoint_that_was_kept_shows_whether_the_log_still_begins_with_it()
    {
        var (founder, checkpoint) = await FounderAsync(Shape.Embedded, 20);
        var kept = Path.Combine(_folder, "kept.checkpoint");
        await File.WriteAllTextAsync(kept, checkpoint.Checkpoint, Stop);
        await founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "Later" }, stop: Stop);
        await founder.UntilSealedAsync();
        var (whole, some) = (await ExportAsync(founder), await ExportAsync(founder, new() { Action = "document.*" }));

        var run = await VerifyAsync(whole, "--key", checkpoint.PublicKey, "--checkpoint", kept);
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains($"begins with the {checkpoint.TreeSize} events", run.Output, StringComparison.Ordinal);
        Assert.Contains("selection", (await VerifyAsync(some, "--checkpoint", kept)).Error, StringComparison.Ordinal);

        await File.WriteAllTextAsync(kept, checkpoint.Checkpoint.Replace(checkpoint.RootHash, Convert.ToBase64String(new byte[32]), StringComparison.Ordinal), Stop);
        Assert.Contains("does not begin", (await VerifyAsync(whole, "--checkpoint", kept)).Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(kept, checkpoint.Checkpoint.Replace($"\n{checkpoint.TreeSize}\n", "\n999999\n", StringComparison.Ordinal), Stop);
        Assert.Contains("cut off", (await VerifyAsync(whole, "--checkpoint", kept)).Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(kept, (await FounderAsync(Shape.Embedded, 1)).Checkpoint.Checkpoint, Stop);
        Assert.Contains("another log", (await VerifyAsync(whole, "--checkpoint", kept)).Error, StringComparison.Ordinal);
    }

    [Theory, EveryShape]
    public async Task An_export_that_broke_off_goes_on_where_it_was(Shape shape)
    {
        var (founder, checkpoint) = await FounderAsync(shape, 10);

        var rest = await ExportAsync(founder, after: 6);

        Assert.Equal(7, (long)JsonNode.Parse((await File.ReadAllLinesAsync(rest, Stop))[1])!["sequence"]!);
        Assert.Equal(0, (await VerifyAsync(rest, "--key", checkpoint.PublicKey)).Code);
    }

    [Theory, EveryShape]
    public async Task A_table_holds_no_formula_and_a_feed_for_a_siem_has_its_classes(Shape shape)
    {
        var (founder, _) = await FounderAsync(shape, 1);
        var id = (await founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = "=HYPERLINK(\"http://evil.example\")" }, stop: Stop)).Value.Id;
        await founder.UntilSealedAsync();

        var csv = await File.ReadAllTextAsync(await ExportAsync(founder, format: "csv"), Stop);
        var ocsf = (await File.ReadAllLinesAsync(await ExportAsync(founder, format: "ocsf"), Stop)).Select(line => JsonNode.Parse(line)!).ToList();

        Assert.StartsWith("sequence,created_at,action,", csv, StringComparison.Ordinal);
        Assert.Contains(id.ToString(), csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", csv, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, ocsf.Count), ocsf.Select(e => (int)e["metadata"]!["sequence"]!));
        Assert.All(ocsf, e => Assert.Equal((int)e["class_uid"]! * 100 + (int)e["activity_id"]!, (int)e["type_uid"]!));
        Assert.Contains(ocsf, e => (int)e["class_uid"]! == 6003 && (int)e["activity_id"]! == 1 && (string?)e["resources"]![0]!["uid"] == id.ToString());
        Assert.Contains((await founder.Client.Audit.ListAsync(stop: Stop)).Items, e => e.Action == AuditActions.AuditExported && (string?)e.Metadata!["format"] == "csv");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(Person Founder, CheckpointView Checkpoint)> FounderAsync(Shape shape, int events)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        await Task.WhenAll(Enumerable.Range(0, events).Select(n => founder.Client.Documents.CreateAsync(new CreateDocumentRequest { Title = $"Number {n} \u001f \"€\" 🦅" }, stop: Stop)));
        return (founder, await founder.UntilSealedAsync());
    }

    private async Task<string> ExportAsync(Person person, CrossAudit.Client.AuditFilter? filter = null, long? after = null, string format = "ndjson")
    {
        await using var export = await person.Client.Audit.ExportAsync(format, filter, after, Stop);
        var path = Path.Combine(_folder, $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}.{format}");
        await using var file = File.Create(path);
        await export.Content.CopyToAsync(file, Stop);
        return path;
    }

    private async Task RefusesAsync(CheckpointView checkpoint, string[] lines, int place, Action<JsonNode> alter, string named)
    {
        var altered = lines.ToArray();
        if (place >= 0)
        {
            var line = JsonNode.Parse(lines[place])!;
            alter(line);
            altered[place] = line.ToJsonString();
        }
        var file = Path.Combine(_folder, "altered.ndjson");
        await File.WriteAllLinesAsync(file, altered, Stop);

        var run = await VerifyAsync(file, "--key", checkpoint.PublicKey);

        Assert.Equal(1, run.Code);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    private static async Task<string> SizeAsync(string file) => JsonNode.Parse((await File.ReadAllLinesAsync(file, Stop))[0])!["tree_size"]!.ToString();

    private Task<(int Code, string Output, string Error)> VerifyAsync(params string[] arguments) => CommandRun.RunAsync(_folder, ["audit", "verify", .. arguments]);

    private static async Task<string> RunOthersAsync(string file, string key)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "verify-export.exe" : "verify-export"), [file, key]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        Assert.True(process.ExitCode == 0, await error);
        return (await output).Trim();
    }
}
