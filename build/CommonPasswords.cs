// Makes src/CrossAudit.Server/Features/Auth/Accounts/common-passwords.bin from a list of passwords, one a line:
//   dotnet run build/CommonPasswords.cs -- LIST OUTPUT
// Only fingerprints are kept: the first five bytes of the SHA-256 of each password that is long enough to be chosen at all, sorted.
using System.Security.Cryptography;
using System.Text;

const int LeastLength = 8;
const int FingerprintLength = 5;

var fingerprints = File.ReadLines(args[0])
    .Where(password => password.Length >= LeastLength)
    .Select(password => SHA256.HashData(Encoding.UTF8.GetBytes(password.Normalize(NormalizationForm.FormKC).ToLowerInvariant()))[..FingerprintLength])
    .Select(Convert.ToHexString).Distinct().Order(StringComparer.Ordinal);
File.WriteAllBytes(args[1], [.. fingerprints.SelectMany(Convert.FromHexString)]);
