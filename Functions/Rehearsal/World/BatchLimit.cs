namespace Autopay.Rehearsal.World;

/// <summary>
/// A bank that confirms only the first charges of a batch. What is sent in one minute is a batch; of the rest no answer
/// comes (rehearsal.md).
/// </summary>
/// <param name="first">How many it confirms.</param>
/// <param name="takesTheOthers">Whether the rest moves money too, or never reaches the bank.</param>
public sealed class BatchLimit(int first, bool takesTheOthers)
{
    private DateTimeOffset batch;
    private int sent;

    public bool TakesTheOthers => takesTheOthers;

    /// <summary>Charges of which no answer came.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Whether this charge, sent now, is still confirmed.</summary>
    public bool Confirms(DateTimeOffset now)
    {
        var minute = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMinute));
        (batch, sent) = (minute, minute == batch ? sent + 1 : 1);
        Unanswered += sent > first ? 1 : 0;
        return sent <= first;
    }
}
