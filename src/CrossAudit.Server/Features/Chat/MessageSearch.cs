using CrossAudit.Contracts.Chat;
using CrossAudit.Server.Platform.Data;
using CrossAudit.Server.Platform.Http;
using CrossAudit.Server.Platform.Search;
using Microsoft.EntityFrameworkCore;

namespace CrossAudit.Server.Features.Chat;

/// <summary>What messages are looked for.</summary>
internal sealed record MessageFilter(string Query, Guid? ThreadId, Guid? UserId);

/// <summary>Finds messages by their words, newest first. The query filters leave those that the actor may read.</summary>
internal sealed class MessageSearch(AppDbContext db, MessageViews views)
{
    public async Task<Page<MessageView>> FindAsync(MessageFilter filter, PageRequest page, CancellationToken stop)
    {
        var query = TextQuery.Parse(filter.Query, all: true);
        if (!query.Wanted.Any(term => MessageWord.In(term).Count > 0))
            return new Page<MessageView>([], 0);
        var messages = db.Set<Message>().AsNoTracking().Where(m => m.Content != null);
        if (filter.ThreadId is { } thread)
            messages = messages.Where(m => m.ThreadId == thread);
        if (filter.UserId is { } user)
            messages = messages.Where(m => m.UserId == user);
        foreach (var term in query.Wanted)
            messages = With(messages, term);
        foreach (var term in query.Excluded)
            messages = Without(messages, term);
        var found = await messages.NewestFirstAsync(page, m => m, m => new Cursor(m.CreatedAt, m.Id), stop);
        return new Page<MessageView>(await views.ShowAsync(found.Items, stop), found.Total, found.Next);
    }

    // The words narrow it down by the index; a phrase then has to stand there as it was written.
    private IQueryable<Message> With(IQueryable<Message> messages, string term)
    {
        var words = MessageWord.In(term);
        foreach (var word in words)
            messages = messages.Where(m => db.Set<MessageWord>().Any(w => w.Word == word && w.MessageId == m.Id));
        var phrase = term.ToLowerInvariant();
        return words.Count > 1 ? messages.Where(m => m.Content!.ToLower().Contains(phrase)) : messages;
    }

    private IQueryable<Message> Without(IQueryable<Message> messages, string term)
    {
        var phrase = term.ToLowerInvariant();
        return MessageWord.In(term).ToList() is [var word]
            ? messages.Where(m => !db.Set<MessageWord>().Any(w => w.Word == word && w.MessageId == m.Id))
            : messages.Where(m => !m.Content!.ToLower().Contains(phrase));
    }
}
