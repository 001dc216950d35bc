using System.Text;
using System.Text.RegularExpressions;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.App.Texts;

/// <summary>
/// The sentences of all refusals, read from the sources: every text that is given to one when it is made, each of its
/// values as <c>{}</c>.
/// </summary>
internal static partial class ThrownSentences
{
    /// <summary>Commands of an operator, backups and rehearsals: they answer in a terminal, and no page asks them.
    /// </summary>
    private static readonly string[] OfTerminals =
    [
        "Functions/Hosting/Operator/",
        "Functions/Application/Backups/",
        "Functions/Storage/Backups/",
        "Functions/Rehearsal/",
    ];

    public static IReadOnlyList<(string File, string Sentence)> ReadAll() =>
        [
            .. from file in SourceTree.Sources("Functions")
            where !OfTerminals.Any(folder => file.Contains(folder, StringComparison.Ordinal))
            let text = SourceTree.Read(file)
            from made in MadePattern().Matches(text)
            from sentence in TextsOf(text, made.Index + made.Length)
            // A code, such as the key of a word of the pages, is none.
            where sentence.Contains(' ', StringComparison.Ordinal)
            select (file, sentence),
        ];

    // Texts that are joined by + are one; whatever else is joined with them is a value.
    private static List<string> TextsOf(string source, int from)
    {
        List<string> texts = [];
        var (isOpen, isJoined) = (false, false);
        for (var (at, depth) = (from, 1); depth > 0; )
        {
            var letter = source[at];
            if (TextPattern().Match(source, at) is { Success: true } found)
            {
                var piece = Read(source, at + found.Length, found.Value[0] == '$', out at);
                Add(texts, piece, toLast: isOpen && isJoined);
                (isOpen, isJoined) = (true, false);
            }
            else if (isOpen && isJoined && letter != '+' && !char.IsWhiteSpace(letter))
            {
                Add(texts, "{}", toLast: true);
                at = letter == '(' ? EndOf(source, at + 1, '(', ')') : at + WordAt(source, at);
                isJoined = false;
            }
            else
            {
                isJoined |= letter == '+';
                isOpen &= letter == '+' || char.IsWhiteSpace(letter);
                depth += Depth(letter, '(', ')');
                at++;
            }
        }

        return texts;
    }

    private static void Add(List<string> texts, string piece, bool toLast)
    {
        if (toLast)
        {
            texts[^1] += piece;
        }
        else
        {
            texts.Add(piece);
        }
    }

    private static int WordAt(string source, int at) => Math.Max(1, WordPattern().Match(source, at).Length);

    private static int Depth(char letter, char open, char close) =>
        letter == open ? 1
        : letter == close ? -1
        : 0;

    private static string Read(string source, int at, bool isHoled, out int end)
    {
        var text = new StringBuilder();
        while (source[at] != '"')
        {
            if (isHoled && source[at] == '{' && source[at + 1] != '{')
            {
                text.Append("{}");
                at = EndOf(source, at + 1, '{', '}');
                continue;
            }

            at += source[at] == '\\' || (isHoled && source[at] is '{' or '}') ? 1 : 0;
            text.Append(source[at++]);
        }

        end = at + 1;
        return $"{text}";
    }

    private static int EndOf(string source, int at, char open, char close)
    {
        for (var depth = 1; depth > 0; at++)
        {
            if (source[at] == '"')
            {
                at = source.IndexOf('"', at + 1);
                continue;
            }

            depth += Depth(source[at], open, close);
        }

        return at;
    }

    // What the app tells whoever asks, as Hosting/ProblemMiddleware has it; other failures are for the log.
    [GeneratedRegex(
        @"(?:new|:) (?:Refused|NotYetKnown|AnotherPerson|CertificateRefused|BadRequest|AccessDenied|NotReady)Exception\("
            + @"|(?:Refused|NotYetKnown|BadRequest)Exception \w+\([^)]*\) =>\s*new\("
    )]
    private static partial Regex MadePattern();

    [GeneratedRegex(@"\G\$?""")]
    private static partial Regex TextPattern();

    [GeneratedRegex(@"\G[\w.?!\[\]]+(\([^()]*\))?")]
    private static partial Regex WordPattern();
}
