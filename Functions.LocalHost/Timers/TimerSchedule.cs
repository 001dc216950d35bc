using Microsoft.Azure.Functions.Worker;
using NCrontab;

namespace Autopay.LocalHost;

/// <summary>Second, minute, hour, day, month, day of the week; in UTC.</summary>
internal sealed class TimerSchedule(CrontabSchedule schedule)
{
    private static readonly TimeSpan ShortestMonitored = TimeSpan.FromMinutes(1);

    public static TimerSchedule Parse(string function, string text) =>
        CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = true }) is { } schedule
            ? new TimerSchedule(schedule)
            : throw new InvalidOperationException(
                $"Function '{function}': '{text}' is not a schedule of six fields (second minute hour day month weekday).");

    public DateTime Next(DateTime after) => DateTime.SpecifyKind(schedule.GetNextOccurrence(after), DateTimeKind.Utc);

    /// <summary>A timer that comes around within a minute is not worth a write each time; its ScheduleStatus is null.</summary>
    public bool IsMonitored(TimerTriggerAttribute trigger, DateTime now) =>
        trigger.UseMonitor && Next(Next(now)) - Next(now) >= ShortestMonitored;
}
