namespace Autopay.Rehearsal.Steps;

/// <summary>Another form of a step, under the same name: it is meant where the step gives this field.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class InsteadOfAttribute(Type step, string given) : Attribute
{
    public Type Step => step;

    public string Given => given;
}
