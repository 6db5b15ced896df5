using System.Reflection;

namespace CrossAudit.Server;

/// <summary>What this program is.</summary>
internal static class Product
{
    /// <summary>The version of the API that clients see, as the contract words it.</summary>
    public const string ApiVersion = "1.0.0";

    /// <summary>The version of this build.</summary>
    public static string Version { get; } = typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
