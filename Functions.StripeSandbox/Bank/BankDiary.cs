using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Bank;

/// <summary>What will happen by itself, in the order in which it is due.</summary>
internal sealed class BankDiary
{
    private readonly SandboxState state;
    private readonly PriorityQueue<string, (DateTimeOffset DueAt, int Sequence)> upcoming = new();
    private int sequence;

    public BankDiary(SandboxState state, BankHours hours)
    {
        this.state = state;
        Hours = hours;
        foreach (var task in state.Tasks.All().Where(task => !task.Done))
        {
            upcoming.Enqueue(task.Id, (task.DueAt, sequence++));
        }
    }

    public BankHours Hours { get; }

    public void ScheduleAnswer(BankTaskKind kind, string subject, DateTimeOffset submitted) =>
        Schedule(kind, subject, Hours.AnswerDue(submitted));

    /// <summary>Null as due date: it never happens by itself, but can be made to happen.</summary>
    public void Schedule(BankTaskKind kind, string subject, DateTimeOffset? dueAt)
    {
        var task = state.Tasks.Put(new BankTask($"{kind}|{subject}", kind, subject, dueAt ?? DateTimeOffset.MaxValue));
        if (dueAt is { } due)
        {
            upcoming.Enqueue(task.Id, (due, sequence++));
        }
    }

    public BankTask? NextDue(DateTimeOffset until)
    {
        while (upcoming.TryPeek(out var id, out var order) && order.DueAt <= until)
        {
            if (state.Tasks.Find(id) is { Done: false } task && task.DueAt == order.DueAt)
            {
                return task;
            }
            upcoming.Dequeue();
        }
        return null;
    }

    public BankTask? Open(BankTaskKind kind, string subject) =>
        state.Tasks.Find($"{kind}|{subject}") is { Done: false } task ? task : null;

    public void Finish(BankTask task) => state.Tasks.Put(task with { Done = true });
}
