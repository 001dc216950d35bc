using Microsoft.Azure.Functions.Worker;

namespace Autopay.LocalHost;

/// <summary>When a timer ran last and runs next, here and (when it is monitored) in storage.</summary>
internal sealed class TimerStatus(TimerSchedule schedule, TimerMonitor? monitor)
{
    private ScheduleStatus current = new();

    public DateTime Next => current.Next;

    /// <summary>What the function gets to see: null when nobody keeps it.</summary>
    public ScheduleStatus? Visible => monitor is null ? null : current;

    /// <summary>True when a tick came and went while no host was running.</summary>
    public async Task<bool> LoadAsync(DateTime now)
    {
        var stored = monitor is null ? null : await monitor.TryReadAsync();
        current = stored is null ? Fresh(now) : Checked(stored, now);
        if (monitor is not null && current != stored)
        {
            await monitor.WriteAsync(current);
        }

        return now > current.Next;
    }

    /// <summary>Follows what another host may have stored meanwhile.</summary>
    public async Task ReloadAsync() => current = (monitor is null ? null : await monitor.TryReadAsync()) ?? current;

    /// <summary>Counts from the tick when the clock fired a little early, or the same tick would come twice.</summary>
    public void Advance(DateTime ranAt, DateTime tick)
    {
        var from = ranAt < tick ? tick : ranAt;
        current = new ScheduleStatus { Last = from, Next = schedule.Next(from), LastUpdated = from };
    }

    public Task SaveAsync() => monitor?.WriteAsync(current) ?? Task.CompletedTask;

    private ScheduleStatus Fresh(DateTime now) => new() { Next = schedule.Next(now), LastUpdated = now };

    /// <summary>After the schedule itself was changed the old next time means nothing, and must not look past due.</summary>
    private ScheduleStatus Checked(ScheduleStatus stored, DateTime now)
    {
        var expected = schedule.Next(stored.Last == default ? stored.LastUpdated : stored.Last);
        return stored.Next == expected ? stored : new() { Next = now > expected ? schedule.Next(now) : expected, LastUpdated = now };
    }
}
