using Microsoft.Azure.Functions.Worker;

namespace Autopay.Tests.LocalHost;

internal static class TimerFunctions
{
    private static string Describe(TimerInfo timer) => timer.ScheduleStatus is { } status
        ? $"past due {timer.IsPastDue}, last {status.Last:yyyy-MM-dd HH:mm}, next {status.Next:yyyy-MM-dd HH:mm}"
        : "no status";

    internal sealed class AtTen(Journal journal)
    {
        [Function("AtTen")]
        public void Run([TimerTrigger("0 0 10 * * *")] TimerInfo timer) => journal.Add(Describe(timer));
    }

    internal sealed class FromSetting(Journal journal)
    {
        [Function("FromSetting")]
        public void Run([TimerTrigger("%schedule%")] TimerInfo timer) => journal.Add(Describe(timer));
    }

    internal sealed class Throwing(Journal journal)
    {
        [Function("Throwing")]
        public void Run([TimerTrigger("0 0 10 * * *")] TimerInfo timer)
        {
            journal.Add("threw");
            throw new InvalidOperationException("The timer failed.");
        }
    }

    internal sealed class EveryHalfMinute(Journal journal)
    {
        [Function("EveryHalfMinute")]
        public void Run([TimerTrigger("*/30 * * * * *")] TimerInfo timer) => journal.Add(Describe(timer));
    }

    internal sealed class Unmonitored(Journal journal)
    {
        [Function("Unmonitored")]
        public void Run([TimerTrigger("0 0 * * * *", UseMonitor = false)] TimerInfo timer) => journal.Add(Describe(timer));
    }

    internal sealed class OnStartup(Journal journal)
    {
        [Function("OnStartup")]
        public void Run([TimerTrigger("0 0 10 * * *", RunOnStartup = true)] TimerInfo timer) => journal.Add(Describe(timer));
    }

    internal sealed class Long(Journal journal)
    {
        [Function("Long")]
        public async Task RunAsync([TimerTrigger("0 0 10 * * *")] TimerInfo timer)
        {
            journal.Add("began");
            await journal.GateAsync();
        }
    }
}
