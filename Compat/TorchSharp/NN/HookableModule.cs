namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module whose calls others may look at.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            private readonly OrderedDictionary<string, TPostHook> _afterwards = [];

            private protected HookableModule(string name) : base(name) { }

            private protected IEnumerable<TPostHook> Afterwards => _afterwards.Values;

            /// <summary>Adds something that sees module, input and output behind every call, and may give another output.</summary>
            public HookRemover register_forward_hook(TPostHook hook)
            {
                string key = Guid.NewGuid().ToString();
                _afterwards.Add(key, hook);
                return new HookRemover(this, key);
            }

            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> _module;
                private readonly string _key;

                internal HookRemover(HookableModule<TPreHook, TPostHook> module, string key) => (_module, _key) = (module, key);

                public void remove() => _module._afterwards.Remove(_key);
            }
        }
    }
}
