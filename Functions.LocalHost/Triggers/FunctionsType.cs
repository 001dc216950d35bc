using System.Reflection;
using System.Reflection.Emit;
using Autopay.LocalHost.Workers;
using Microsoft.Azure.WebJobs;
using Binder = Microsoft.Azure.WebJobs.Binder;

namespace Autopay.LocalHost.Triggers;

/// <summary>
/// Emits the class <c>Host.Functions</c> with a method per queue and timer function: the WebJobs SDK reads its triggers
/// from attributes. The real host does the same, so that locks and the status of timers have the same names.
/// </summary>
internal static class FunctionsType
{
    private const string Name = "Host.Functions";
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
    private static readonly ConstructorInfo TargetConstructor = typeof(TriggerTarget)
        .GetConstructors(Instance)
        .Single();

    public static Type Emit(IEnumerable<WorkerFunction> functions)
    {
        var assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName(Name),
            AssemblyBuilderAccess.RunAndCollect
        );
        var type = assembly
            .DefineDynamicModule(Name)
            .DefineType(
                Name,
                TypeAttributes.Public | TypeAttributes.Class | TypeAttributes.Sealed,
                typeof(TriggerTarget)
            );
        DefineConstructor(type);
        foreach (var function in functions)
        {
            DefineMethod(type, function);
        }

        return type.CreateType();
    }

    private static void DefineConstructor(TypeBuilder type)
    {
        var code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.HasThis, [typeof(ITriggerCalls)])
            .GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Call, TargetConstructor);
        code.Emit(OpCodes.Ret);
    }

    private static void DefineMethod(TypeBuilder type, WorkerFunction function)
    {
        var trigger = function.IsQueue ? typeof(string) : typeof(TimerInfo);
        Type[] parameters = [trigger, typeof(Binder), typeof(CancellationToken)];
        var method = type.DefineMethod(function.Name, MethodAttributes.Public, typeof(Task), parameters);
        method.SetCustomAttribute(Attribute(typeof(FunctionNameAttribute), function.Name));
        method.DefineParameter(1, ParameterAttributes.None, function.Parameter).SetCustomAttribute(TriggerOf(function));
        method.DefineParameter(2, ParameterAttributes.None, "binder");
        method.DefineParameter(3, ParameterAttributes.None, "cancel");
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldstr, function.Name);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Ldarg_3);
        code.Emit(
            OpCodes.Call,
            typeof(TriggerTarget).GetMethod("CallAsync", Instance, [typeof(string), .. parameters])!
        );
        code.Emit(OpCodes.Ret);
    }

    private static CustomAttributeBuilder TriggerOf(WorkerFunction function) =>
        function.IsQueue
            ? Attribute(
                typeof(QueueTriggerAttribute),
                function.Text("queueName")!,
                (nameof(QueueTriggerAttribute.Connection), function.Text("connection"))
            )
            : Attribute(
                typeof(TimerTriggerAttribute),
                function.Text("schedule")!,
                (nameof(TimerTriggerAttribute.UseMonitor), function.Flag("useMonitor")),
                (nameof(TimerTriggerAttribute.RunOnStartup), function.Flag("runOnStartup"))
            );

    private static CustomAttributeBuilder Attribute(
        Type type,
        string argument,
        params (string Property, object? Value)[] properties
    )
    {
        var given = properties.Where(property => property.Value is not null).ToArray();
        return new CustomAttributeBuilder(
            type.GetConstructor([typeof(string)])!,
            [argument],
            [.. given.Select(property => type.GetProperty(property.Property)!)],
            [.. given.Select(property => property.Value)]
        );
    }
}
