namespace Autopay.Domain.CityControls;

/// <summary>One line of finance for the public, in both languages; two people have read it.</summary>
/// <param name="Since">UTC.</param>
public sealed record PublicNote(string English, string Spanish, DateTimeOffset Since);

/// <summary>The prepared sentence that some customers were charged more than once, and on which civil day.</summary>
/// <param name="Since">UTC.</param>
public sealed record ChargedTwice(DateOnly On, DateTimeOffset Since);

/// <summary>What residents read beside the status that follows from the controls.</summary>
public enum PublicNoteKind
{
    /// <summary>Finance's own words: they wait for a second person.</summary>
    Text,

    /// <summary>Prepared words: one person shows them at once, because a panic does not wait.</summary>
    ChargedTwice,
}

/// <summary>Residents read finance's line from now on, in place of the one before.</summary>
public sealed record PublicNotePublished(string English, string Spanish) : ControlChange
{
    public override bool ConcernsAccounts => false;
}

/// <summary>Residents are told that some customers were charged more than once.</summary>
/// <param name="On">The civil day on which it happened.</param>
public sealed record ChargedTwiceTold(DateOnly On) : ControlChange
{
    public override bool ConcernsAccounts => false;
}

/// <summary>The note is taken away; one person may.</summary>
public sealed record PublicNoteWithdrawn(PublicNoteKind Kind) : ControlChange
{
    public override bool ConcernsAccounts => false;
}

internal static class PublicNotes
{
    extension(Controls controls)
    {
        public Controls Publish(PublicNotePublished note, Authority authority) =>
            controls with
            {
                PublicNote = new PublicNote(note.English, note.Spanish, authority.At),
            };

        /// <exception cref="RefusedException">Charging goes on, and the sentence says that it does not.</exception>
        public Controls Tell(ChargedTwiceTold told, Authority authority) =>
            controls switch
            {
                { IsHalted: false } => throw new RefusedException(
                    "Halt all charging first: the prepared sentence says that all automatic payments are stopped."
                ),
                { ChargedTwice: { } before } when before.On == told.On => controls,
                _ => controls with { ChargedTwice = new ChargedTwice(told.On, authority.At) },
            };

        public Controls Withdraw(PublicNoteWithdrawn withdrawn) =>
            withdrawn.Kind switch
            {
                PublicNoteKind.Text when controls.PublicNote is not null => controls with { PublicNote = null },
                PublicNoteKind.ChargedTwice when controls.ChargedTwice is not null => controls with
                {
                    ChargedTwice = null,
                },
                _ => controls,
            };
    }
}
