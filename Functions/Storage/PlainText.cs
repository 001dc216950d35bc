using Azure.Core;
using Azure.Core.Pipeline;

namespace Autopay.Storage;

/// <summary>
/// Stored JSON is text within JSON, and the client writes each of its quotes with six characters. They are sent with
/// two, and plus signs with one: a quarter of a request is gone, and the store reads the same.
/// </summary>
internal sealed class PlainText : HttpPipelineSynchronousPolicy
{
    private const int EscapeLength = 6;

    public override void OnSendingRequest(HttpMessage message)
    {
        if (message.Request.Content is { } content)
        {
            using var body = new MemoryStream();
            content.WriteTo(body, message.CancellationToken);
            message.Request.Content = RequestContent.Create(Shorten(body.GetBuffer().AsSpan(0, (int)body.Length)));
        }
    }

    /// <summary>The same JSON, with characters of ASCII as they are.</summary>
    internal static byte[] Shorten(ReadOnlySpan<byte> json)
    {
        var (shorter, length) = (new byte[json.Length], 0);
        for (var at = 0; at < json.Length; at++)
        {
            if (json[at] != '\\')
            {
                shorter[length++] = json[at];
            }
            else if (PlainAt(json[at..]) is { } plain)
            {
                if (plain == '"')
                {
                    shorter[length++] = (byte)'\\';
                }

                shorter[length++] = plain;
                at += EscapeLength - 1;
            }
            else
            {
                // Another escape: what follows the backslash belongs to it.
                json.Slice(at, Math.Min(2, json.Length - at)).CopyTo(shorter.AsSpan(length));
                length += Math.Min(2, json.Length - at);
                at++;
            }
        }

        return shorter[..length];
    }

    // As \u00XX; a backslash is never written so.
    private static byte? PlainAt(ReadOnlySpan<byte> escape) =>
        escape.Length >= EscapeLength
        && escape[..4].SequenceEqual("\\u00"u8)
        && byte.TryParse(escape[4..EscapeLength], System.Globalization.NumberStyles.HexNumber, null, out var letter)
        && letter is >= 0x20 and < 0x7f and not (byte)'\\'
            ? letter
            : null;
}
