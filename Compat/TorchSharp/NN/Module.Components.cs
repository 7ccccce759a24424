using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            public virtual IEnumerable<(string name, Module module)> named_children() =>
                _submodules.Select(entry => (entry.Key, entry.Value));

            public virtual IEnumerable<Module> children() => named_children().Select(entry => entry.module);

            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                named_children().Concat(
                    from child in named_children()
                    from entry in child.module.named_modules()
                    select ($"{child.name}.{entry.name}", entry.module));

            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var own = _parameters.Select(entry => (entry.Key, entry.Value));
                var inherited =
                    from child in named_children()
                    from entry in child.module.named_parameters()
                    select ($"{child.name}.{entry.name}", entry.parameter);
                return (recurse ? own.Concat(inherited) : own).DistinctBy(entry => entry.Item2, ReferenceEqualityComparer.Instance);
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(entry => entry.parameter);

            /// <summary>Buffers that are not persistent are left out whatever is asked, as in the original.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var own = _buffers.Where(entry => entry.Value.Persistent).Select(entry => (entry.Key, entry.Value.Tensor));
                var inherited =
                    from child in named_children()
                    from entry in child.module.named_buffers(true, include_nonpersistent)
                    select ($"{child.name}.{entry.name}", entry.buffer);
                return (recurse ? own.Concat(inherited) : own).DistinctBy(entry => entry.Item2, ReferenceEqualityComparer.Instance);
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            /// <summary>All parameters, then all buffers, by name.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, parameter) in named_parameters())
                {
                    destination.TryAdd(start + name, parameter);
                }

                foreach (var (name, buffer) in named_buffers(include_nonpersistent: false))
                {
                    destination.TryAdd(start + name, buffer);
                }

                // A module that is registered twice, by its maker and as a field, is here under both names.
                foreach (var (name, module) in _submodules)
                {
                    module.state_dict(destination, start + name);
                }

                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var target = state_dict();
                var kept = source.Keys.Where(key => skip?.Contains(key) != true).ToList();
                List<string> missing = [.. target.Keys.Where(key => skip?.Contains(key) != true && !source.ContainsKey(key))];
                List<string> unexpected = [.. kept.Where(key => !target.ContainsKey(key))];
                if (strict && missing.Count + unexpected.Count > 0)
                {
                    throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary.");
                }

                using var _ = no_grad();
                foreach (string key in kept.Where(target.ContainsKey))
                {
                    target[key].copy_(source[key]);
                }

                return (missing, unexpected);
            }
        }
    }
}
