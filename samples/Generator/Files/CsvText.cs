using System.Globalization;
using System.Text;

namespace Autopay.Samples.Generator.Files;

/// <summary>How dates and cents look in a CSV file.</summary>
internal static class CsvText
{
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Money(long cents) => new StringBuilder().AppendMoney(cents).ToString();

    public static StringBuilder AppendMoney(this StringBuilder text, long cents) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"{(cents < 0 ? "-" : "")}{Math.Abs(cents / 100)}.{Math.Abs(cents % 100):00}"
        );
}
