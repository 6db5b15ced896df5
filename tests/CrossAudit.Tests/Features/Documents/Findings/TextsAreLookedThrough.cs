using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Features.Documents.Extraction;
using CrossAudit.Server.Features.Documents.Findings;

namespace CrossAudit.Tests.Features.Documents.Findings;

/// <summary>What is taken for personal or secret data, and what is not.</summary>
public sealed class TextsAreLookedThrough
{
    [Theory]
    [InlineData("Write to a.b+c@sub.example.co.uk.", FindingKind.Email, null, "a.b+c@sub.example.co.uk")]
    [InlineData("(jürgen@müller.example)", FindingKind.Email, null, "jürgen@müller.example")]
    [InlineData("IBAN: GB29NWBK60161331926819, thanks", FindingKind.Iban, null, "GB29NWBK60161331926819")]
    [InlineData("FR14 2004 1010 0505 0001 3M02 606", FindingKind.Iban, null, "FR14 2004 1010 0505 0001 3M02 606")]
    [InlineData("card 4111 1111 1111 1111 exp 12/29", FindingKind.PaymentCard, "visa", "4111 1111 1111 1111")]
    [InlineData("378282246310005", FindingKind.PaymentCard, "american_express", "378282246310005")]
    [InlineData("5555-5555-5555-4444", FindingKind.PaymentCard, "mastercard", "5555-5555-5555-4444")]
    [InlineData("Call +49 89 123456 now", FindingKind.Phone, "de", "+49 89 123456")]
    [InlineData("Call (212) 456-7890 now", FindingKind.Phone, "us", "(212) 456-7890")]
    [InlineData("SSN 536-22-1234", FindingKind.NationalId, "us_ssn", "536-22-1234")]
    [InlineData("NI number AB 12 34 56 C", FindingKind.NationalId, "gb_nino", "AB 12 34 56 C")]
    [InlineData("Steuer-ID 86 095 742 719", FindingKind.NationalId, "de_tax_id", "86 095 742 719")]
    [InlineData("NIR 2 55 08 14 168 025 38", FindingKind.NationalId, "fr_nir", "2 55 08 14 168 025 38")]
    [InlineData("DNI 12345678Z", FindingKind.NationalId, "es_dni", "12345678Z")]
    [InlineData("NIE X1234567L", FindingKind.NationalId, "es_dni", "X1234567L")]
    [InlineData("CF RSSMRA85T10A562S", FindingKind.NationalId, "it_fiscal_code", "RSSMRA85T10A562S")]
    [InlineData("BSN 111222333", FindingKind.NationalId, "nl_bsn", "111222333")]
    [InlineData("85.07.30-033.28", FindingKind.NationalId, "be_national_number", "85.07.30-033.28")]
    [InlineData("PESEL 44051401359", FindingKind.NationalId, "pl_pesel", "44051401359")]
    [InlineData("811228-9874", FindingKind.NationalId, "se_personal_number", "811228-9874")]
    [InlineData("131052-308T", FindingKind.NationalId, "fi_personal_code", "131052-308T")]
    [InlineData("AHV 756.9217.0769.85", FindingKind.NationalId, "ch_ahv", "756.9217.0769.85")]
    [InlineData("CPF 529.982.247-25", FindingKind.NationalId, "br_cpf", "529.982.247-25")]
    [InlineData("Aadhaar 2341 2341 2346", FindingKind.NationalId, "in_aadhaar", "2341 2341 2346")]
    [InlineData("11010519491231002X", FindingKind.NationalId, "cn_resident_id", "11010519491231002X")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----", FindingKind.Secret, "private_key", "-----BEGIN RSA PRIVATE KEY-----")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE.", FindingKind.Secret, "aws_access_key", "AKIAIOSFODNN7EXAMPLE")]
    [InlineData("postgres://app:hunter22@db.internal/x", FindingKind.Secret, "url_with_password", "postgres://app:hunter22@db.internal")]
    public void This_is_found(string text, FindingKind kind, string? type, string value)
    {
        var found = Look(text).Places;

        var finding = Assert.Single(found);
        Assert.Equal((kind, type, value), (finding.Kind, finding.Type, text[finding.CharStart..finding.CharEnd]));
    }

    [Theory]
    [InlineData("DE89 3704 0044 0532 0130 01 has a wrong checksum")]
    [InlineData("4111 1111 1111 1112 has a wrong check digit")]
    [InlineData("The order 9780306406157 was placed on 2026-01-31 at 10:15:00")]
    [InlineData("Versions 10.0.14.2026 and 1.2.3.4 of 192.168.100.200")]
    [InlineData("The sum of 1,234,567,890 euros in 2024-2025")]
    [InlineData("86095742719 names no tax here")]
    [InlineData("DNI 12345678A has a wrong letter")]
    [InlineData("@nobody says a@b and c@ d and @e.f")]
    [InlineData("019a4c21-4b5c-7d6e-8f70-819293a4b5c6")]
    [InlineData("https://example.org:8443/path and user:pass")]
    [InlineData("000-12-3456 and 666-12-3456 and 123-00-1234")]
    public void This_is_not(string text) => Assert.Empty(Look(text).Places);

    [Fact]
    public void A_value_that_two_kinds_claim_is_told_once_and_previews_hide_it()
    {
        var found = Look("postgres://erika:hunter22@example.org, 4111111111111111, +49 89 123456").Places;

        Assert.Equal([FindingKind.Secret, FindingKind.PaymentCard, FindingKind.Phone], found.Select(finding => finding.Kind));
        Assert.Equal(["post••••://•••••:••••••••@•••••••.•••", "••••••••••••1111", "+•• •• ••••56"], found.Select(finding => finding.Preview));
    }

    private static FoundData Look(string text)
    {
        var findings = new TextFindings();
        findings.Add(new ExtractedFragment(text, null, 1, FragmentType.Paragraph, 0, text.Length, 1, null), "en");
        return findings.Found;
    }
}
