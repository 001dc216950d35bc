namespace Autopay.StripeSandbox.Resources;

/// <summary>
/// Anything the sandbox remembers by id. The record of a Stripe object is at the same time its JSON on the wire.
/// </summary>
internal interface IRow
{
    string Id { get; }
}
