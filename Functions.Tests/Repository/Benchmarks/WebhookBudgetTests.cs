using Autopay.Benchmarks.City;
using Autopay.Benchmarks.Report;

namespace Autopay.Tests.Repository.Benchmarks;

/// <summary>What webhooks cost, counted; the other budgets are in <c>Functions.Benchmarks.Tests</c>.</summary>
public sealed class WebhookBudgetTests
{
    // The endpoint is sent everything, as one that nobody has narrowed.
    [Fact]
    [Trait("Layer", "L5")]
    public async Task F51_from_the_clear_to_the_banks_last_word_few_events_are_stored_and_few_intents_read()
    {
        var counts = await WebhookRun.RunAsync(new CitySlice(75) { Mixed = true }, types: []);

        Assert.InRange(counts.Debits, 60, 100);
        Assert.InRange(counts.StoredPerDebit, 1, 2);
        Assert.InRange(counts.ReadsPerDebit, 0.6, 1.2);
        Assert.InRange(counts.Heard, counts.Stored * 4, int.MaxValue);
        Assert.DoesNotContain(Budgets.OfWebhooks(counts), budget => budget.IsMissed);
    }
}
