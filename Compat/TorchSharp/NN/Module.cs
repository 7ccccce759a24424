using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        /// <summary>A part of a network: parameters, buffers and further modules, each under a name.</summary>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Parameter> _parameters = [];
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> _buffers = [];
            private readonly OrderedDictionary<string, Module> _submodules = [];
            private readonly string _name;
            private bool _training = true;
            private bool _areComponentsRegistered;

            private protected Module(string name) => _name = name;

            public virtual bool training => _training;

            public virtual string GetName() => _name;

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var module in children())
                {
                    module.train(train);
                }
            }

            public virtual void eval() => train(false);

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var module in children())
                {
                    module.apply(fn);
                }

                fn(this);
                return this;
            }

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var grad = parameter.grad;
                    if (set_to_none)
                    {
                        parameter.grad = null;
                    }
                    else
                    {
                        grad?.fill_(0);
                    }
                }
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(param), "A null tensor cannot be registered as a parameter.");
                }

                if (!_parameters.TryAdd(name, param))
                {
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
                }
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                {
                    throw new ArgumentNullException(nameof(tensor), "A null tensor cannot be registered as a buffer.");
                }

                if (!_buffers.TryAdd(name, (tensor, persistent)))
                {
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
                }
            }

            public virtual void register_module(string name, Module submodule)
            {
                if (name.Contains('.', StringComparison.Ordinal))
                {
                    throw new ArgumentException($"module name can't contain \".\", got: {name}");
                }

                if (name.Length == 0)
                {
                    throw new ArgumentException("module name can't be empty string \"\"");
                }

                if (_submodules.ContainsKey(name))
                {
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                }

                submodule.RegisterComponents();
                _submodules.Add(name, submodule);
            }

            /// <summary>Registers every field that holds a module, a parameter or a tensor, under the field's name.</summary>
            protected virtual void RegisterComponents()
            {
                if (_areComponentsRegistered)
                {
                    return;
                }

                _areComponentsRegistered = true;
                foreach (var field in ComponentFields())
                {
                    if (_submodules.ContainsKey(field.Name) || _parameters.ContainsKey(field.Name) || _buffers.ContainsKey(field.Name))
                    {
                        continue;
                    }

                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(field.Name, module);
                            break;
                        case Parameter parameter:
                            register_parameter(field.Name, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(field.Name, tensor);
                            break;
                    }
                }
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (var tensor in _buffers.Values.Select(b => b.Tensor).Concat(_parameters.Values))
                {
                    tensor.DetachFromDisposeScope().Dispose();
                }

                foreach (var module in children())
                {
                    module.Dispose();
                }
            }

            internal Parameter? FindParameter(string name) => _parameters.GetValueOrDefault(name);

            internal Tensor? FindBuffer(string name) => _buffers.GetValueOrDefault(name).Tensor;

            /// <summary>Puts a parameter in the place of the one of that name, which is disposed of; null takes it away.</summary>
            internal void ReplaceParameter(string name, Parameter? value)
            {
                if (FindParameter(name) is { } old && !ReferenceEquals(old, value))
                {
                    old.Dispose();
                }

                if (value is null)
                {
                    _parameters.Remove(name);
                }
                else
                {
                    value.DetachFromDisposeScope();
                    _parameters[name] = value;
                }
            }

            internal void ReplaceBuffer(string name, Tensor? value)
            {
                if (FindBuffer(name) is { } old && !ReferenceEquals(old, value))
                {
                    old.Dispose();
                }

                if (value is null)
                {
                    _buffers.Remove(name);
                }
                else
                {
                    value.DetachFromDisposeScope();
                    _buffers[name] = (value, true);
                }
            }

            // The fields of the class itself first, those it inherits after, as the original has them.
            private IEnumerable<FieldInfo> ComponentFields()
            {
                for (var type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                    {
                        yield return field;
                    }
                }
            }
        }
    }
}
