namespace Autopay.StripeSandbox.State;

/// <summary>
/// Real time plus an offset, or frozen. While something that was due is made good, the clock shows the moment at which
/// it was due, so that what happens over four skipped days carries the four days' own timestamps.
/// </summary>
internal sealed class SandboxClock
{
    private const string Row = "clock";
    private readonly TimeProvider time;
    private readonly SandboxState state;
    private readonly Stack<DateTimeOffset> moments = new();

    public SandboxClock(SandboxOptions options, SandboxState state)
    {
        time = options.Time;
        this.state = state;
        if (state.Clock.Find(Row) is null)
        {
            var start = options.StartAt ?? time.GetUtcNow();
            Save(start - time.GetUtcNow(), options.Frozen ? start : null);
        }
    }

    public DateTimeOffset Now =>
        moments.TryPeek(out var moment) ? moment : FrozenAt ?? time.GetUtcNow() + Setting.Offset;

    public long UnixNow => Now.ToUnixTimeSeconds();

    public DateTimeOffset? FrozenAt => Setting.FrozenAt;

    private ClockSetting Setting => state.Clock.Find(Row)!;

    public void MoveTo(DateTimeOffset target) => Save(target - time.GetUtcNow(), FrozenAt is null ? null : target);

    public void Freeze(bool frozen) => Save(Now - time.GetUtcNow(), frozen ? Now : null);

    public void At(DateTimeOffset moment, Action action)
    {
        moments.Push(moment);
        try
        {
            action();
        }
        finally
        {
            moments.Pop();
        }
    }

    private void Save(TimeSpan offset, DateTimeOffset? frozenAt) =>
        state.Clock.Put(new ClockSetting(Row, offset, frozenAt));
}
