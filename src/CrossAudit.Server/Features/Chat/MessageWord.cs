using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Search.Analysis;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Chat;

/// <summary>
/// A word that a message has, by which it is found: written and taken away with the message, in its transaction. Messages are short and come one by one; the
/// documents' index, which is made of whole texts at leisure, would hold up everybody who sends.
/// </summary>
internal sealed class MessageWord : IOrganizationOwned
{
    /// <summary>A message is found by so many of its words; one that has more is a list.</summary>
    public const int Most = 2_000;

    public required Guid OrganizationId { get; init; }
    public required string Word { get; init; }
    public required Guid MessageId { get; init; }

    /// <summary>The words of a text as they are looked for: folded, stemmed, without those that every text has.</summary>
    public static HashSet<string> In(string text) =>
        TextAnalysis.Tokens(text, null).Where(token => !token.IsStopWord).Select(token => token.Term).Distinct(StringComparer.Ordinal).Take(Most).ToHashSet(StringComparer.Ordinal);

    public static IEnumerable<MessageWord> Of(Message message, IEnumerable<string> words) =>
        words.Select(word => new MessageWord { OrganizationId = message.OrganizationId, Word = word, MessageId = message.Id });
}

internal sealed class MessageWordMapping : IEntityTypeConfiguration<MessageWord>
{
    public void Configure(EntityTypeBuilder<MessageWord> word)
    {
        word.ToTable("message_words").HasKey(w => new { w.OrganizationId, w.Word, w.MessageId });
        word.HasOne<Message>().WithMany().HasForeignKey(w => w.MessageId);
    }
}
