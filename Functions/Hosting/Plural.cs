using System.Globalization;

namespace Autopay.Hosting;

/// <summary>Counts as people say them.</summary>
internal static class Plural
{
    /// <param name="one">The word for a single one; more of them take an s.</param>
    public static string Of(int count, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {one}{(count == 1 ? "" : "s")}");
}
