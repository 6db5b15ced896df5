using CrossAudit.Server.Core.Signing;
using NSec.Cryptography;

namespace CrossAudit.Tests.Core.Signing;

/// <summary>Notes are those of other people's tools: the example of Go's sumdb/note package verifies, and ours do until a bit is altered.</summary>
public sealed class NotesAreVerified
{
    private const string VerifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string Note = Text + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    [Fact]
    public void The_known_note_verifies_also_among_other_signatures()
    {
        Assert.Equal(Text, SignedNote.Verify(Note, VerifierKey));
        Assert.Equal(Text, SignedNote.Verify(Note.Replace("\n\n—", "\n\n— Somebody AAAAAAAA\n—", StringComparison.Ordinal), VerifierKey));
    }

    [Fact]
    public void A_note_of_ours_verifies_and_with_any_character_altered_does_not()
    {
        using var key = Key.Create(SignatureAlgorithm.Ed25519);
        var verifier = SignedNote.VerifierKey("crossaudit.example.org", key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
        var note = SignedNote.Sign("{\"a\":1}\n", "crossaudit.example.org", key);

        Assert.Equal("{\"a\":1}\n", SignedNote.Verify(note, verifier));
        for (var i = 0; i < note.Length; i++)
            if (i < note.Length - 4)
                Assert.Null(SignedNote.Verify(note[..i] + (char)(note[i] ^ 1) + note[(i + 1)..], verifier));
        Assert.Null(SignedNote.Verify(note, VerifierKey));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PeterNeumann")]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcU")]
    [InlineData("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void What_is_no_verifier_key_is_refused(string key) => Assert.Throws<FormatException>(() => SignedNote.Verify(Note, key));
}
