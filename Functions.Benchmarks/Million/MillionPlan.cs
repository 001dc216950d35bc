namespace Autopay.Benchmarks.Million;

/// <summary>What is simulated when nobody asks for something else.</summary>
internal static class MillionPlan
{
    private const int Granted = 80;
    private const int Usual = 25;

    public static IEnumerable<(MillionCase Case, bool Nights)> Cases(int[] asked) =>
        asked is [var debits, var instances, var ofEndpoint, ..]
            ? [(new MillionCase(debits, instances, ofEndpoint), true)]
            :
            [
                (new MillionCase(25_000, 1, Granted), true),
                (new MillionCase(25_000, 4, Granted), true),
                (new MillionCase(25_000, 16, Granted), true),
                (new MillionCase(25_000, 4, Usual), false),
                (new MillionCase(250_000, 4, Granted), true),
            ];
}
