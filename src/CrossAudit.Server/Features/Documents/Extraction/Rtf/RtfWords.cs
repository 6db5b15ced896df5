namespace CrossAudit.Server.Features.Documents.Extraction.Rtf;

/// <summary>What control words mean for the text.</summary>
internal static class RtfWords
{
    /// <summary>Groups that are for programs: colours, pictures, facts about the file, and what stands on every page.</summary>
    public static bool IsSkipped(string word) => word is
        "colortbl" or "info" or "pict" or "nonshppict" or "shprslt" or "objdata" or "objclass" or "objname" or "fldinst" or "sp" or "themedata" or "colorschememapping"
        or "datastore" or "listtable" or "listoverridetable" or "revtbl" or "rsidtbl" or "generator" or "xmlnstbl" or "latentstyles" or "filetbl"
        or "listtext" or "pntext" or "pntxta" or "pntxtb" or "nonesttables" or "xe" or "tc" or "bkmkstart" or "bkmkend" or "annotation" or "atnid" or "atnauthor" or "atnref"
        or "header" or "headerl" or "headerr" or "headerf" or "footer" or "footerl" or "footerr" or "footerf" or "ftnsep" or "ftnsepc" or "aftnsep" or "aftnsepc";

    /// <summary>Destinations that hold text although a reader may skip them: text boxes, and tables in tables.</summary>
    public static bool IsKnown(string word) => word is "shpinst" or "shptxt" or "nesttableprops" or "fldrslt" or "cs" or "ds" or "ts" or "s";

    /// <summary>The characters that have control words.</summary>
    public static char? Letter(string word) => word switch
    {
        "tab" => '\t',
        "line" or "lbr" => '\n',
        "~" => '\u00A0',
        "_" => '-',
        "emdash" => '—',
        "endash" => '–',
        "lquote" => '‘',
        "rquote" => '’',
        "ldblquote" => '“',
        "rdblquote" => '”',
        "bullet" => '•',
        "emspace" or "enspace" or "qmspace" => ' ',
        "\\" or "{" or "}" => word[0],
        _ => null,
    };
}
