namespace Autopay.Imports.Reading;

/// <summary>What a file is written in that is not UTF-8, by its first bytes, and how to get UTF-8.</summary>
internal static class FileEncoding
{
    public const string NotUtf8 =
        "This is not UTF-8 (Excel's plain CSV is Windows-1252): save it in Excel as CSV UTF-8 (Comma delimited).";

    public const string Utf16 = "This file is UTF-16 (Excel: Unicode Text): save it as CSV UTF-8 (Comma delimited).";

    /// <summary>True when the file is UTF-16 or UTF-32, with or without a mark; its position stays.</summary>
    public static bool IsWide(Stream file)
    {
        var start = new byte[64];
        var position = file.Position;
        file.Position = 0;
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = position;
        return IsWide(start.AsSpan(0, length));
    }

    // A byte order mark, or every other byte a NUL.
    private static bool IsWide(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])
        || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        || (start.Length >= 4 && ((start[0] == 0 && start[2] == 0) || (start[1] == 0 && start[3] == 0)));
}
