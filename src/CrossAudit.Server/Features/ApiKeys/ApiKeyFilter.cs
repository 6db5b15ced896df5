using Microsoft.AspNetCore.Mvc;

namespace CrossAudit.Server.Features.ApiKeys;

/// <summary>Which API keys are listed.</summary>
public sealed record ApiKeyFilter
{
    /// <summary>Only those that are switched on, or off.</summary>
    [FromQuery(Name = "is_active")]
    public bool? IsActive { get; init; }
}
