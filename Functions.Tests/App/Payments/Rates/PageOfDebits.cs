using Autopay.Payments.Rates;

namespace Autopay.Tests.App.Payments.Rates;

/// <summary>What a page of debits asks: all creates, then all confirms; then the next page begins.</summary>
internal sealed class PageOfDebits(RateWorld world, RateInstance instance, long number, int debits)
{
    private const int AtOnce = 16;
    private static long begun = 1_000;
    private readonly List<WaitingCall> waiting = [];
    private int entered;

    private string Endpoint => entered <= debits ? "create" : "confirm";

    public void GoOn()
    {
        foreach (var call in waiting.Where(call => call.Task.IsCompleted))
        {
            world.Left.Add((world.Now, call.Endpoint, instance.Name));
        }

        waiting.RemoveAll(call => call.Task.IsCompleted);
        if (waiting.Count == 0 && entered == 2 * debits)
        {
            (entered, number) = (0, begun++);
        }

        while (waiting.Count < AtOnce && entered < 2 * debits && (entered != debits || waiting.Count == 0))
        {
            entered++;
            waiting.Add(instance.Rate.Turns.Enter(Endpoint, number) ?? throw new InvalidOperationException("full"));
        }
    }
}
