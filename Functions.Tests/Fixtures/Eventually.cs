namespace Autopay.Tests.Fixtures;

/// <summary>Waits for a condition of something that runs by itself, and says what did not come true in time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static Task HoldsAsync(string what, Func<bool> condition) =>
        HoldsAsync(what, () => Task.FromResult(condition()));

    public static async Task HoldsAsync(string what, Func<Task<bool>> condition)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        while (!await condition())
        {
            Assert.True(
                clock.GetElapsedTime(started) < Deadline,
                $"Not within {Deadline.TotalMinutes:0} minutes: {what}."
            );
            await Task.Delay(Pause, clock);
        }
    }
}
