using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;

namespace CrossAudit.Tests.Core.Permissions;

/// <summary>What a property test starts from: drawn anew each time, printed, and taken from <c>CROSSAUDIT_SEED</c> to see the same again.</summary>
internal sealed class RandomSeed
{
    private const string Variable = "CROSSAUDIT_SEED";

    private readonly ulong _number;

    private RandomSeed(ulong number) => _number = number;

    // Of FsCheck's two numbers the second has to be odd; any will do.
    public FSharpOption<Replay> Replay => FSharpOption<Replay>.Some(new Replay(new Rnd(_number, 0x9E3779B97F4A7C15), FSharpOption<int>.None));

    public int Number => (int)(_number & int.MaxValue);

    public static RandomSeed Draw() =>
        new(ulong.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var given) ? given : (ulong)Random.Shared.NextInt64(int.MaxValue));

    /// <summary>Says in the test's output what was tried.</summary>
    public void Report(string tried) => TestContext.Current.TestOutputHelper?.WriteLine($"{tried}. {this}");

    public override string ToString() =>
        $"Seed {_number}; the same again: {Variable}={_number} dotnet run -c Release --project tests/CrossAudit.Tests -- -class {TestContext.Current.TestClass?.TestClassName}";
}
