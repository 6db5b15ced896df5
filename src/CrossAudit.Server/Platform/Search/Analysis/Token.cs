namespace CrossAudit.Server.Platform.Search.Analysis;

/// <summary>A word of a text, as it is indexed.</summary>
/// <param name="Term">Its folded stem; of a stop word the word itself, marked so that it is no other language's word.</param>
/// <param name="Position">Its place among the words of the text, those that are not indexed counted too.</param>
/// <param name="Start">Where it begins in the text, in UTF-16 code units.</param>
/// <param name="End">The first unit after it.</param>
internal readonly record struct Token(string Term, int Position, int Start, int End)
{
    /// <summary>Marks stop words. It stands in no other word.</summary>
    public const char StopMark = '_';

    /// <summary>Whether it is one of the words that every text of its language has. Alone it tells nothing; in a phrase it has its place.</summary>
    public bool IsStopWord => Term[0] == StopMark;
}
