using CrossAudit.Contracts;
using CrossAudit.Contracts.Access;
using CrossAudit.Contracts.ApiKeys;
using CrossAudit.Contracts.Audit;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Contracts.Organizations;
using CrossAudit.Server.Features.Documents.Retention.Disposals;

namespace CrossAudit.Tests.Servers;

/// <summary>One of everything that an organization has, by the segment of a path that its id stands after.</summary>
internal sealed class Belongings
{
    private readonly Dictionary<string, string> _ids;

    private Belongings(Dictionary<string, string> ids) => _ids = ids;

    public static async Task<Belongings> OfAsync(Person founder)
    {
        var stop = TestContext.Current.CancellationToken;
        var member = await founder.AddMemberAsync("member");
        var document = await founder.UploadTextAsync("What only this organization may read.");
        var thread = (await founder.Client.Chat.CreateThreadAsync(new CreateThreadRequest { Name = "Ours", Participants = [member.Id] }, stop)).Value;
        var message = await founder.Client.Chat.SendAsync(thread.Id, new SendMessageRequest { Content = "Among ourselves" }, stop);
        var invitation = await founder.Client.Organizations.InviteAsync(founder.OrganizationId, new CreateInvitationRequest { Email = Person.NewEmail(), Role = "member" }, stop);
        var log = (await founder.Client.Audit.ListAsync(limit: 1, stop: stop)).Items[0];
        var role = (await founder.Client.Access.CreateRoleAsync(new CreateRoleRequest { Name = "ours", Permissions = [Permissions.DocumentsRead] }, stop)).Value;
        var permission = await founder.Client.Access.CreatePermissionAsync(new CreatePermissionRequest { Name = "models.approve" }, stop);
        var department = (await founder.Client.Access.Departments.CreateAsync(new CreateDepartmentRequest { Name = "Ours" }, stop)).Value;
        var key = (await founder.Client.ApiKeys.CreateAsync(new CreateApiKeyRequest { Name = "Ours", Scopes = [Permissions.DocumentsRead] }, stop)).Value;
        var disposal = await DisposeAsync(founder);
        var report = await founder.Client.Audit.CreateReportAsync(new CreateReportRequest { Framework = "soc2", StartDate = log.CreatedAt.AddDays(-1), EndDate = log.CreatedAt }, stop);
        await Eventually.HoldsAsync(async () => (await founder.Client.Audit.GetReportAsync(report.Id, stop)).Status == "completed", TimeSpan.FromSeconds(60), "The report");
        return new Belongings(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["organizations"] = founder.OrganizationId.ToString(),
            ["members"] = member.Id.ToString(),
            ["users"] = member.Id.ToString(),
            ["roles"] = role.Id.ToString(),
            ["permissions"] = permission.Id.ToString(),
            ["departments"] = department.Id.ToString(),
            ["participants"] = member.Id.ToString(),
            ["documents"] = document.Id.ToString(),
            ["versions"] = "1",
            ["threads"] = thread.Id.ToString(),
            ["messages"] = message.Id.ToString(),
            ["invitations"] = invitation.Id.ToString(),
            ["sessions"] = (await founder.Client.Auth.ListSessionsAsync(stop: stop)).Items[0].Id.ToString(),
            ["logs"] = log.Id.ToString(),
            ["api-keys"] = key.Id.ToString(),
            ["disposals"] = disposal.ToString(),
            ["tile"] = "0/000",
            ["reports"] = report.Id.ToString(),
            ["reactions"] = "seen",
            ["search"] = "heron",
        });
    }

    // Past the routes: nobody waits for a retention to be over.
    private static Task<Guid> DisposeAsync(Person founder) => founder.Server.ReadAsync(async db =>
    {
        var now = TimeProvider.System.GetUtcNow();
        var disposal = new Disposal
        {
            Id = Guid.CreateVersion7(now),
            OrganizationId = founder.OrganizationId,
            DocumentId = Guid.CreateVersion7(now),
            SensitivityLevel = SensitivityLevel.Public,
            Title = "Gone",
            DocumentType = "other",
            Versions = 1,
            Bytes = 1,
            RetentionSource = "organization",
            RetainedUntil = now,
            DeletedAt = now,
            CreatedAt = now,
            Certificate = "None",
            PublicKey = "None",
        };
        db.Add(disposal);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return disposal.Id;
    });

    /// <summary>The id that belongs in this place of a path.</summary>
    public string For((string Name, string After) parameter) => _ids.TryGetValue(parameter.After, out var id)
        ? id
        : throw new InvalidOperationException($"Nothing of an organization is known whose id stands after \"{parameter.After}\" (as {parameter.Name}): make one in {nameof(Belongings)}.");
}
