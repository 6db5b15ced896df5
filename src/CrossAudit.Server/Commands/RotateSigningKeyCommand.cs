using System.CommandLine;
using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Commands;

/// <summary><c>crossaudit rotate-signing-key</c>: makes a new key for tokens where the server keeps its own; the old one still verifies until the next rotation.</summary>
internal static class RotateSigningKeyCommand
{
    private const int NothingToRotate = 1;

    public static Command Create()
    {
        var command = new Command("rotate-signing-key", "Make a new key for tokens, where the server keeps its own in the data folder. Restart the server afterwards.");
        command.SetConfiguredAction((_, _) => Task.FromResult(Run()));
        return command;
    }

    private static int Run()
    {
        var read = new SettingsReader(SettingsModule.FromEnvironment());
        if ((read.Text("JWT_SECRET_KEY") ?? read.Text("JWT_PRIVATE_KEY") ?? read.Text("DATABASE_URL")) is not null)
        {
            Console.Error.WriteLine("The keys are set by JWT_SECRET_KEY or JWT_PRIVATE_KEY: docs/configuration.md says how to rotate those.");
            return NothingToRotate;
        }
        return Rotate(SettingsModule.DataDirectory(read), SigningKeys.AlgorithmOf(read));
    }

    /// <summary>Rotates what the algorithm signs with.</summary>
    public static int Rotate(string dataDirectory, string algorithm)
    {
        var isSecret = algorithm == "HS256";
        var path = isSecret ? SigningSecrets.FileIn(dataDirectory) : SigningKeyPairs.FileIn(dataDirectory, algorithm);
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"There is no {path}: the server makes it when it first starts.");
            return NothingToRotate;
        }
        if (isSecret)
            KeptKeys.Rotate(path, SigningSecrets.Create, text => text.Split('\n')[0]);
        else
            KeptKeys.Rotate(path, () => SigningKeyPairs.Create(algorithm), text => SigningKeyPairs.Split(text).First());
        Console.WriteLine($"{path} has a new key. Restart the server: it signs with the new one, and what the old one signed works until it expires.");
        return 0;
    }
}
