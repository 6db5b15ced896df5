using System.Text.Json.Nodes;
using CrossAudit.Client;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Platform.Mail;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Servers;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Tests.Features.Chat;

/// <summary>Documents, people, reactions and Markdown in messages.</summary>
public sealed class MessagesCarryMore(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_reader_sees_of_the_attached_documents_those_that_they_may_read_live_too(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var viewer = await founder.AddMemberAsync("viewer");
        var open = await founder.UploadTextAsync("For all", SensitivityLevel.Internal, "Open");
        var closed = await founder.UploadTextAsync("For few", SensitivityLevel.Restricted, "Closed");
        var thread = await founder.OpenThreadAsync();
        using var low = await RawSocket.OpenAsync(server, viewer, thread.Id);
        using var high = await RawSocket.OpenAsync(server, founder, null);

        var sent = await founder.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = "See these", Attachments = [closed.Id, open.Id] }, Stop);

        Assert.Equal([("Closed", 1, SensitivityLevel.Restricted), ("Open", 1, SensitivityLevel.Internal)], sent.Attachments.Select(a => (a.Title, a.VersionNumber, a.SensitivityLevel)));
        Assert.Equal(["Closed", "Open"], await HeardAsync(high));
        Assert.Equal(["Open"], await HeardAsync(low));
        Assert.Equal([open.Id], (await viewer.Client.Chat.GetMessageAsync(sent.Id, Stop)).Value.Attachments.Select(a => a.DocumentId));
        Assert.Equal([open.Id], (await viewer.Client.Chat.ListMessagesAsync(thread.Id, stop: Stop)).Items[0].Attachments.Select(a => a.DocumentId));
        var member = await founder.AddMemberAsync("member");
        await server.RefusesAsync(founder, 400, "chat.attachment_unknown", () => member.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = "Mine", Attachments = [closed.Id] }, Stop));
    }

    [Theory, EveryShape]
    public async Task What_is_labelled_above_its_thread_is_marked_or_refused_as_the_organization_wants_it(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var closed = await founder.UploadTextAsync("For few", SensitivityLevel.Restricted);
        var thread = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Labelled", SensitivityLevel = SensitivityLevel.Internal }, Stop)).Value;
        Task<MessageView> SendAsync(string content, params Guid[] documents) => founder.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = content, Attachments = documents }, Stop);

        Assert.Equal("restricted", (await SendAsync("Look", closed.Id)).Metadata["label_above_thread"]?.ToString());
        Assert.Equal("restricted", (await SendAsync("Pay with 4111 1111 1111 1111")).Metadata["label_above_thread"]?.ToString());
        var harmless = await SendAsync("Look out");
        Assert.Empty(harmless.Metadata);

        await founder.Client.Organizations.UpdateSettingsAsync(founder.OrganizationId, new UpdateSettingsRequest { ChatLabelPolicy = "refuse" }, stop: Stop);
        await server.RefusesAsync(founder, 409, "chat.label_above_thread", () => SendAsync("Look", closed.Id));
        await server.RefusesAsync(founder, 409, "chat.label_above_thread", () => founder.Client.Chat.EditAsync(harmless.Id, "Pay with 4111 1111 1111 1111", stop: Stop));
    }

    [Theory, EveryShape]
    public async Task Who_is_mentioned_is_told_by_mail_unless_they_do_not_want_it(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var (one, other, outsider) = (await founder.AddMemberAsync("member"), await founder.AddMemberAsync("member"), await founder.AddMemberAsync("member"));
        foreach (var person in new[] { one, other })
            await person.Client.Account.VerifyEmailAsync(await Mailbox.TokenAsync(server, person.Email, "Confirm"), Stop);
        await other.Client.Account.UpdateProfileAsync(new UpdateProfileRequest { NotificationPreferences = new JsonObject { ["mentions"] = "none" } }, stop: Stop);
        var thread = await founder.OpenThreadAsync(isPrivate: true, one.Id, other.Id);

        await server.RefusesAsync(founder, 400, "chat.mention_not_reader", () => founder.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = "You", Mentions = [outsider.Id] }, Stop));
        var sent = await founder.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = "A secret for you two", Mentions = [other.Id, one.Id, other.Id] }, Stop);

        Assert.Equal([other.Id, one.Id], sent.Mentions);
        var mail = await Mailbox.WaitForAsync(server, one.Email, founder.Email);
        Assert.Contains($"chat/{thread.Id}", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", mail.TextBody, StringComparison.Ordinal);
        Assert.False(await server.ReadAsync(db => db.Set<OutgoingMail>().AnyAsync(m => m.Recipient == other.Email && m.Subject.Contains("mentioned"), Stop)));
    }

    [Theory, EveryShape]
    public async Task A_reaction_is_there_once_and_is_told(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var member = await founder.AddMemberAsync("member");
        var thread = await founder.OpenThreadAsync();
        var message = await founder.SayAsync(thread.Id, "Done");
        using var listening = await RawSocket.OpenAsync(server, founder, thread.Id);

        await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(_ => new[] { founder, member }).Select(person => person.Client.Chat.ReactAsync(message.Id, "👍", Stop)));

        var shown = await founder.Client.Chat.GetMessageAsync(message.Id, Stop);
        var reaction = Assert.Single(shown.Value.Reactions);
        Assert.Equal("👍", reaction.Reaction);
        Assert.Equal(new[] { founder.Id, member.Id }.Order(), reaction.UserIds.Order());
        await listening.UntilAsync(f => f.Type == ChatFrameTypes.MessageUpdated && f.As<MessageView>().Reactions is [{ UserIds.Count: 2 }]);
        Assert.Equal([member.Id], (await founder.Client.Chat.TakeReactionBackAsync(message.Id, "👍", Stop)).Value.Reactions[0].UserIds);
        await founder.Client.Chat.DeleteAsync(message.Id, stop: Stop);
        Assert.Empty((await founder.Client.Chat.GetMessageAsync(message.Id, Stop)).Value.Reactions);
        await server.RefusesAsync(founder, 409, "chat.message_deleted", () => member.Client.Chat.ReactAsync(message.Id, "👍", Stop));
    }

    [Theory, EveryShape]
    public async Task Markdown_is_rendered_without_what_could_run(Shape shape)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var thread = await founder.OpenThreadAsync();
        async Task<string?> RenderedAsync(string markdown) =>
            (await founder.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = markdown, ContentType = MessageContentType.Markdown }, Stop)).ContentHtml;

        Assert.Equal("<p><strong>Bold</strong></p>", (await RenderedAsync("**Bold**"))?.Trim());
        var hostile = await RenderedAsync("[go](javascript:alert(1)) <script>alert(2)</script> ![x](data:text/html,boo)");
        Assert.DoesNotContain("<script", hostile, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"javascript", hostile, StringComparison.Ordinal);
        Assert.StartsWith("<pre>", await RenderedAsync(new string('>', 2_000) + " deep"), StringComparison.Ordinal);
        Assert.Null((await founder.SayAsync(thread.Id, "**Plain**")).ContentHtml);
    }

    private static async Task<IEnumerable<string>> HeardAsync(RawSocket socket) =>
        (await socket.UntilAsync(f => f.Type == ChatFrameTypes.Message))[^1].As<MessageView>().Attachments.Select(a => a.Title);
}
