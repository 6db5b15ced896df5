using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrossAudit.Client;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Auth;
using CrossAudit.Contracts.Errors;
using CrossAudit.Tests.Engines;
using CrossAudit.Tests.Features.Documents.Extraction;
using CrossAudit.Tests.Servers;

namespace CrossAudit.Tests.Features.Auth;

public sealed class AccountsAreKept(ServerSet servers)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, EveryShape]
    public async Task A_profile_is_changed_field_by_field_and_everybody_sees_it_at_once(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var before = await founder.Client.Account.GetProfileAsync(Stop);
        Assert.Equal(("Acme", "owner"), (Assert.Single(before.Value.Organizations).Name, before.Value.Organizations[0].Role));

        var changed = await founder.Client.Account.UpdateProfileAsync(
            new UpdateProfileRequest { FirstName = "Augusta", LastName = (string?)null, Timezone = "Europe/Berlin", Language = "zh-hans-cn", NotificationPreferences = new JsonObject { ["mentions"] = "mail" } },
            before.ETag,
            Stop);

        Assert.Equal(("Augusta", null, "Europe/Berlin", "zh-Hans-CN"), (changed.Value.FirstName, changed.Value.LastName, changed.Value.Timezone, changed.Value.Language));
        Assert.Equal("Augusta", (await founder.Client.Auth.MeAsync(Stop)).FirstName);
        var stale = await Assert.ThrowsAsync<CrossAuditException>(() => founder.Client.Account.UpdateProfileAsync(new UpdateProfileRequest { FirstName = "Ada" }, before.ETag, Stop));
        Assert.Equal(412, stale.Problem.Status);
        var recorded = Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.ProfileUpdated));
        Assert.Equal("Augusta", recorded.Changes!["first_name"]!["to"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("timezone", "\"W. Europe Standard Time\"")]
    [InlineData("timezone", "\"../../etc/passwd\"")]
    [InlineData("timezone", "null")]
    [InlineData("language", "\"deutsch bitte\"")]
    [InlineData("language", "\"\"")]
    [InlineData("profile_picture_url", "\"javascript:alert(1)\"")]
    [InlineData("profile_picture_url", "\"/etc/passwd\"")]
    public async Task What_is_no_zone_language_or_web_address_is_refused(string field, string value)
    {
        var founder = await Person.FounderAsync(await servers.OnAsync(Shape.Embedded));

        using var refused = await founder.SendAsync(HttpMethod.Put, "api/auth/profile", Answer.Json($$"""{"{{field}}":{{value}}}"""));

        var problem = await refused.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
        Assert.Equal("UTC", (await founder.Client.Auth.MeAsync(Stop)).Timezone);
    }

    [Theory, EveryShape]
    public async Task Naughty_strings_come_back_as_they_were(Shape shape)
    {
        Assert.SkipUnless(SharedData.Folder is not null, SharedData.Absent);
        var founder = await Person.FounderAsync(await servers.OnAsync(shape));
        var strings = JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(Path.Combine(SharedData.Folder!, "vectors", "naughty-strings", "blns.json"), Stop))!
            .Where(text => text.Length is > 0 and <= 100 && !text.Contains('\0', StringComparison.Ordinal)).ToList();
        Assert.True(strings.Count > 200);

        foreach (var text in strings)
            Assert.Equal(text, (await founder.Client.Account.UpdateProfileAsync(new UpdateProfileRequest { FirstName = text }, stop: Stop)).Value.FirstName);
    }

    [Theory]
    [InlineData("x <victim@example.org>")]
    [InlineData("victim@example.org, other@example.org")]
    [InlineData("a b@example.org")]
    [InlineData("a@b@example.org")]
    [InlineData("\"quoted\"@example.org")]
    [InlineData("a@-example.org")]
    [InlineData("a@example..org")]
    [InlineData(".a@example.org")]
    [InlineData("a\u202e@example.org")]
    [InlineData("a@[127.0.0.1]")]
    public async Task What_mail_programs_would_read_otherwise_is_no_address(string email)
    {
        var server = await servers.OnAsync(Shape.Embedded);

        using var refused = await server.Http.PostAsync("api/auth/register", Answer.Json(JsonSerializer.Serialize(new { email, password = Person.Password })), Stop);

        Assert.True((await refused.IsProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid)).GetProperty("errors").TryGetProperty("email", out _));
    }

    [Theory, EveryShape]
    public async Task An_address_is_the_same_however_it_is_written(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var email = Person.NewEmail().Replace("@example.org", "@bücher.example", StringComparison.Ordinal);
        await server.NewClient().Auth.RegisterAsync(new RegisterRequest { Email = email, Password = Person.Password }, Stop);

        foreach (var same in new[] { email.ToUpperInvariant(), $" {email} ", email.Replace("bücher", "bu\u0308cher", StringComparison.Ordinal), email.Replace("bücher", "xn--bcher-kva", StringComparison.Ordinal), email.Replace("person", "ｐｅｒｓｏｎ", StringComparison.Ordinal) })
        {
            Assert.Equal(email, (await server.NewClient().Auth.LoginAsync(same, Person.Password, Stop)).User.Email);
            var taken = await Assert.ThrowsAsync<CrossAuditException>(() => server.NewClient().Auth.RegisterAsync(new RegisterRequest { Email = same.Trim(), Password = Person.Password }, Stop));
            Assert.Equal(ErrorCodes.EmailTaken, taken.Problem.Code);
        }
    }

    [Theory, EveryShape]
    public async Task An_address_is_confirmed_by_the_mail_that_went_to_it(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        Assert.False((await founder.Client.Auth.MeAsync(Stop)).EmailVerified);
        var token = await Mailbox.TokenAsync(server, founder.Email, "Confirm your e-mail address");

        await server.NewClient().Account.VerifyEmailAsync(token, Stop);

        Assert.True((await founder.Client.Auth.MeAsync(Stop)).EmailVerified);
        var again = await Assert.ThrowsAsync<CrossAuditException>(() => founder.Client.Account.VerifyEmailAsync(token, Stop));
        Assert.Equal(ErrorCodes.InvalidToken, again.Problem.Code);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.EmailVerified));
    }

    [Theory, EveryShape]
    public async Task A_new_address_takes_effect_when_its_owner_says_so_and_the_old_one_is_told(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var (founder, taken) = (await Person.FounderAsync(server), await Person.FounderAsync(server));
        var newEmail = Person.NewEmail();
        await founder.Client.Account.RequestEmailChangeAsync(newEmail, Stop);
        Assert.Equal(founder.Email, (await founder.Client.Auth.MeAsync(Stop)).Email);
        await Mailbox.WaitForAsync(server, founder.Email, "Somebody asked to change");

        await founder.Client.Account.ChangeEmailAsync(await Mailbox.TokenAsync(server, newEmail, "Confirm your new"), Stop);

        Assert.Equal((newEmail, true), ((await founder.Client.Auth.MeAsync(Stop)).Email, (await founder.Client.Auth.MeAsync(Stop)).EmailVerified));
        await server.NewClient().Auth.LoginAsync(newEmail, Person.Password, Stop);
        await Assert.ThrowsAsync<CrossAuditException>(() => server.NewClient().Auth.LoginAsync(founder.Email, Person.Password, Stop));
        // A taken address answers the same, and nobody gets a mail.
        Assert.NotEmpty((await founder.Client.Account.RequestEmailChangeAsync(taken.Email, Stop)).Message);
        Assert.Contains(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.EmailChangeRequested), e => !e.Metadata!["mailed"]!.GetValue<bool>());
    }

    [Theory, EveryShape]
    public async Task A_closed_account_is_signed_out_and_answers_like_a_wrong_password(Shape shape)
    {
        var server = await servers.OnAsync(shape);
        var founder = await Person.FounderAsync(server);
        var refused = await Assert.ThrowsAsync<CrossAuditException>(() => founder.Client.Account.DeactivateAsync(Person.Password, Stop));
        Assert.Equal((409, ErrorCodes.LastOwner), (refused.Problem.Status, refused.Problem.Code));

        var invitation = await founder.Client.Organizations.InviteAsync(founder.OrganizationId, new() { Email = Person.NewEmail(), Role = "member" }, Stop);
        var member = server.NewClient();
        await member.Auth.RegisterAsync(new RegisterRequest { Email = invitation.Email, Password = Person.Password, InvitationToken = await Mailbox.InvitationTokenAsync(server, invitation.Email) }, Stop);
        await member.Account.DeactivateAsync(Person.Password, Stop);

        await Assert.ThrowsAsync<CrossAuditException>(() => member.Auth.MeAsync(Stop));
        using var login = await server.Http.PostAsync("api/auth/login", Answer.Json($$"""{"email":"{{invitation.Email}}","password":"{{Person.Password}}"}"""), Stop);
        await login.IsProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.InvalidCredentials);
        Assert.Single(await Stored.EventsAsync(server, founder.OrganizationId, AuditActions.UserDeactivated));
    }
}
