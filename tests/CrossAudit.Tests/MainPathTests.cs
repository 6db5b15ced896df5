using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Documents.Extraction;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests;

/// <summary>The main job, from end to end, as people do it.</summary>
public sealed class MainPathTests(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_member_uploads_a_report_finds_a_passage_discusses_it_live_and_an_auditor_sees_each_act(Shape shape)
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (member, auditor) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("auditor"));

        await using var report = File.OpenRead(SharedData.Document("nist-ai-rmf-1.0.pdf"));
        var upload = await member.Client.Documents.UploadAsync(report, "nist-ai-rmf-1.0.pdf", new UploadFields { Title = "AI RMF", SensitivityLevel = SensitivityLevel.Internal }, Stop);
        var document = await member.UntilSettledAsync(upload.DocumentId);
        Assert.Equal(DocumentStatus.Indexed, document.Status);

        var hit = (await member.Client.Documents.SearchAsync("\"prioritize risk\" tolerance", Stop)).Items[0];
        Assert.Equal((document.Id, 12), (hit.Fragment.DocumentId, hit.Fragment.PageNumber));
        Assert.Contains("prioritize risk", hit.Fragment.Content, StringComparison.Ordinal);
        Assert.Contains(hit.Highlights, h => hit.Fragment.Content[h.Start..h.End].StartsWith("prioritize", StringComparison.Ordinal));

        var thread = (await member.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Risk tolerance" }, Stop)).Value;
        await using var listening = await founder.Client.Chat.ConnectAsync(thread.Id, Stop);
        await using var speaking = await member.Client.Chat.ConnectAsync(thread.Id, Stop);
        var ack = await speaking.SendAsync(new SendMessageRequest { Content = "What does page 12 mean for us?" }, stop: Stop);
        var heard = await NextMessageAsync(listening);
        Assert.Equal((ack.Id, 1, "What does page 12 mean for us?"), (heard.Id, heard.SequenceNumber, heard.Content));

        await member.Client.Documents.DownloadAsync(document.Id, stop: Stop);
        var trail = await auditor.Client.Audit.ListAsync(stop: Stop);
        Assert.All(
            new[] { AuditActions.DocumentCreated, AuditActions.DocumentVersionAdded, AuditActions.DocumentSearched, AuditActions.ThreadCreated, AuditActions.MessageSent, AuditActions.DocumentDownloaded },
            action => Assert.Contains(trail.Items, e => e.Action == action && e.ActorUserId == member.Id && e.ActorLabel == member.Email && e.IpAddress == "127.0.0.1" && e.CorrelationId is { Length: 32 }));
        Assert.Contains(trail.Items, e => e.Action == AuditActions.DocumentIndexed && e.ResourceId == document.Id.ToString());
    }

    private static async Task<MessageView> NextMessageAsync(ChatSocket socket)
    {
        await foreach (var frame in socket.ReadAllAsync(Stop))
            if (frame.Type == ChatFrameTypes.Message)
                return frame.As<MessageView>();
        throw new InvalidOperationException("The socket closed before a message came.");
    }
}
