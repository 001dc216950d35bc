namespace Autopay.Domain.Protections;

/// <summary>What the city itself does with a bill, so that its being open is not the customer's doing (R42).</summary>
public enum CityActionKind
{
    /// <summary>A hold: the back payments of its cycle are not all entered (R7).</summary>
    Hold,

    /// <summary>It is asked for together with a later bill (R8).</summary>
    Merge,

    /// <summary>A person at the city has to look first.</summary>
    Review,

    /// <summary>It waits for an approved release (I25).</summary>
    Release,

    /// <summary>Autopay asks the bank once more, on a day of its own choice (R17).</summary>
    Retry,

    /// <summary>The bank is asked and has not answered.</summary>
    AtBank,

    /// <summary>Autopay has not sent it, although its due date is past.</summary>
    Scheduled,

    /// <summary>Finance has to say whether it is collected again (R5, R20).</summary>
    Finance,
}

/// <param name="Reason">A sentence's part, for a person.</param>
public sealed record CityAction(CityActionKind Kind, string Reason);
