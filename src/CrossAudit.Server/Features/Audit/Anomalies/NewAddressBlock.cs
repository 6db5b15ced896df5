using System.Net;
using System.Net.Sockets;
using CrossAudit.Contracts;
using CrossAudit.Contracts.Audit;
using CrossAudit.Server.Core.Auditing;
using CrossAudit.Server.Core.Auditing.Index;

namespace CrossAudit.Server.Features.Audit.Anomalies;

/// <summary>A sign-in from where the account has not signed in before. Its very first sign-in says nothing.</summary>
internal sealed class NewAddressBlock : AnomalyRule
{
    private const int DaysRemembered = 90;
    private const int PrefixOfIPv4 = 24;
    private const int PrefixOfIPv6 = 48;

    public override string Name => "new_address_block";

    public override TimeSpan Lookback => TimeSpan.FromDays(DaysRemembered);

    public override IReadOnlyList<string> Terms { get; } = [AuditTerms.Action(AuditActions.LoginSucceeded)];

    // The address of an erased event is gone.
    public override Sighting? See(AuditEvent e) => e.ActorUserId is { } user && BlockOf(e.IpAddress) is { } block ? new Sighting(e.Id, e.CreatedAt, user, block) : null;

    public override IEnumerable<AnomalyView> Judge(IReadOnlyList<Sighting> sightings)
    {
        foreach (var account in sightings.GroupBy(sighting => sighting.UserId))
        {
            var lastSeen = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            foreach (var signIn in account)
            {
                var since = signIn.At - Lookback;
                if (lastSeen.Count > 0 && !(lastSeen.TryGetValue(signIn.Subject!, out var seen) && seen >= since))
                    yield return Found([signIn], 1, $"A sign-in from {signIn.Subject}, from where this account has not signed in within {DaysRemembered} days before.");
                lastSeen[signIn.Subject!] = signIn.At;
            }
        }
    }

    private static string? BlockOf(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed))
            return null;
        var ip = parsed.IsIPv4MappedToIPv6 ? parsed.MapToIPv4() : parsed;
        var prefix = ip.AddressFamily == AddressFamily.InterNetwork ? PrefixOfIPv4 : PrefixOfIPv6;
        var bytes = ip.GetAddressBytes();
        Array.Clear(bytes, prefix / 8, bytes.Length - (prefix / 8));
        return new IPNetwork(new IPAddress(bytes), prefix).ToString();
    }
}
