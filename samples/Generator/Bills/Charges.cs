namespace Autopay.Samples.Generator.Bills;

/// <summary>Amounts like a water, sewer and trash bill: most between 23 and 150 dollars, some round.</summary>
internal static class Charges
{
    public static long Next(Random random) =>
        random.Next(4) == 0 ? random.Next(32, 60) * 100L : random.Next(2_300, 15_000);
}
