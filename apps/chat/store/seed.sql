-- What a new database has, so that the first visitor is not alone; in statements that change nothing the second time.
-- `:now` is the time of the start. A message's `rev` is 1 and its reactions; `last_seq` is the number of its messages.

insert into users (id, name, folded) values
  ('ada-okafor', 'Ada Okafor', 'ada okafor'),
  ('mateo-ruiz', 'Mateo Ruiz', 'mateo ruiz'),
  ('lina-berg', 'Lina Berg', 'lina berg'),
  ('kenji-mori', 'Kenji Mori', 'kenji mori'),
  ('priya-nair', 'Priya Nair', 'priya nair'),
  ('sam-whitfield', 'Sam Whitfield', 'sam whitfield'),
  ('noura-haddad', 'Noura Haddad', 'noura haddad')
  on conflict do nothing;

insert into conversations (id, kind, title, folded, is_start, last_seq, at) values
  ('welcome', 'open', 'welcome', 'welcome', 1, 18, :now - 604800000),
  ('engineering', 'open', 'engineering', 'engineering', 1, 26, :now - 604800000),
  ('random', 'open', 'random', 'random', 1, 21, :now - 604800000)
  on conflict do nothing;

insert into members (conversation_id, user_id, read_seq)
  select conversations.id, users.id, last_seq from conversations, users
  where is_start = 1 and users.id in ('ada-okafor', 'mateo-ruiz', 'lina-berg', 'kenji-mori', 'priya-nair', 'sam-whitfield', 'noura-haddad')
  on conflict do nothing;

-- welcome
insert into messages (id, conversation_id, seq, rev, author_id, at, reply_to, text) values
  ('welcome-1', 'welcome', 1, 6, 'ada-okafor', :now - 8940 * 60000, null, 'Welcome, everybody! This is #welcome: say hello, ask anything, nobody minds a question twice.'),
  ('welcome-2', 'welcome', 2, 1, 'ada-okafor', :now - 8938 * 60000, null, 'What you see here is stored before it is sent, so close your laptop in the middle of a sentence if you like. It will be there.'),
  ('welcome-3', 'welcome', 3, 1, 'mateo-ruiz', :now - 8880 * 60000, null, 'Hello! Mateo, Lisbon, mostly databases and too much coffee.'),
  ('welcome-4', 'welcome', 4, 1, 'lina-berg', :now - 8876 * 60000, null, 'Hej 👋 Lina. I draw the things you click on.'),
  ('welcome-5', 'welcome', 5, 3, 'kenji-mori', :now - 8820 * 60000, null, 'Kenji here, Osaka. I keep the servers up and the pager quiet.'),
  ('welcome-6', 'welcome', 6, 1, 'sam-whitfield', :now - 7620 * 60000, null, 'Sam, support. If somebody is angry, I have probably already said sorry.'),
  ('welcome-7', 'welcome', 7, 3, 'ada-okafor', :now - 7615 * 60000, 'welcome-6', 'And you are very good at it.'),
  ('welcome-8', 'welcome', 8, 1, 'priya-nair', :now - 7400 * 60000, null, 'Hi all! Priya, first week. Where do I find how we do releases?'),
  ('welcome-9', 'welcome', 9, 1, 'kenji-mori', :now - 7390 * 60000, 'welcome-8', '@Priya Nair Ask me, or read the checklist in #engineering. Short version: small, often, and never on Friday afternoon.'),
  ('welcome-10', 'welcome', 10, 1, 'priya-nair', :now - 7388 * 60000, null, 'Thank you, that was quick!'),
  ('welcome-11', 'welcome', 11, 4, 'noura-haddad', :now - 6260 * 60000, null, 'مرحبا بالجميع! أنا نورة من عمّان، وأكتب التوثيق.'),
  ('welcome-12', 'welcome', 12, 1, 'noura-haddad', :now - 6258 * 60000, null, '(Hello everybody, I am Noura from Amman, and I write the documentation.)'),
  ('welcome-13', 'welcome', 13, 1, 'lina-berg', :now - 4680 * 60000, null, 'Small tip: type @ to mention somebody, and hover over a message to answer it or to react.'),
  ('welcome-14', 'welcome', 14, 1, 'sam-whitfield', :now - 4670 * 60000, 'welcome-13', 'Pictures work too: paste one, drop one, or use the button.'),
  ('welcome-15', 'welcome', 15, 1, 'mateo-ruiz', :now - 2980 * 60000, null, 'Does it work on the train? Asking for a friend who is me.'),
  ('welcome-16', 'welcome', 16, 4, 'ada-okafor', :now - 2974 * 60000, 'welcome-15', 'Yes. Write as usual, it says "waiting" until you are back, and then goes out once and in order.'),
  ('welcome-17', 'welcome', 17, 5, 'mateo-ruiz', :now - 2040 * 60000, null, 'Tested in the tunnel before Setúbal. Three messages, one edit, all there.'),
  ('welcome-18', 'welcome', 18, 1, 'ada-okafor', :now - 310 * 60000, null, 'New here? Say hello below, somebody will wave back.')
  on conflict do nothing;

-- engineering
insert into messages (id, conversation_id, seq, rev, author_id, at, reply_to, text) values
  ('engineering-1', 'engineering', 1, 3, 'kenji-mori', :now - 7800 * 60000, null, 'Release checklist:
1. Green build
2. Migrations run twice on a copy
3. One node first, ten minutes of watching
4. The rest
5. Tell Sam'),
  ('engineering-2', 'engineering', 2, 3, 'sam-whitfield', :now - 7790 * 60000, null, 'Number 5 is my favourite.'),
  ('engineering-3', 'engineering', 3, 1, 'mateo-ruiz', :now - 7500 * 60000, null, 'I would like to move the search to trigrams. Anybody against? https://www.postgresql.org/docs/current/pgtrgm.html'),
  ('engineering-4', 'engineering', 4, 1, 'kenji-mori', :now - 7480 * 60000, 'engineering-3', 'For it, if we measure first.'),
  ('engineering-5', 'engineering', 5, 1, 'mateo-ruiz', :now - 7475 * 60000, null, 'Deal. Numbers tomorrow.'),
  ('engineering-6', 'engineering', 6, 4, 'mateo-ruiz', :now - 6180 * 60000, null, '@Kenji Mori Numbers: median 38 ms before, 4 ms after, on a copy with nine million rows. The index is 610 MB.'),
  ('engineering-7', 'engineering', 7, 1, 'kenji-mori', :now - 6160 * 60000, 'engineering-6', 'Sold.'),
  ('engineering-8', 'engineering', 8, 1, 'priya-nair', :now - 6090 * 60000, null, 'Question: why do we keep a `rev` on every message? The events come in order anyway.'),
  ('engineering-9', 'engineering', 9, 3, 'ada-okafor', :now - 6082 * 60000, 'engineering-8', 'Events do. But a page of history, a snapshot and an answer to your own edit travel next to them. The higher rev wins, and then nobody has to think about who was first.'),
  ('engineering-10', 'engineering', 10, 1, 'priya-nair', :now - 6080 * 60000, null, 'Oh, that is neat. So it is a tie-breaker that never ties.'),
  ('engineering-11', 'engineering', 11, 2, 'lina-berg', :now - 4820 * 60000, null, 'The composer grows with the text now, up to a third of the window. Please try to break it.'),
  ('engineering-12', 'engineering', 12, 5, 'sam-whitfield', :now - 4800 * 60000, 'engineering-11', 'Pasted the whole of Moby Dick. It said politely that it is too long.'),
  ('engineering-13', 'engineering', 13, 1, 'noura-haddad', :now - 4520 * 60000, null, 'Docs question: what do we promise when the server is killed in the middle of a write?'),
  ('engineering-14', 'engineering', 14, 1, 'kenji-mori', :now - 4510 * 60000, 'engineering-13', '@Noura Haddad What was confirmed is on disk. What was not confirmed is sent again with the same key, so it happens once.'),
  ('engineering-15', 'engineering', 15, 1, 'noura-haddad', :now - 4506 * 60000, null, 'Writing that down word for word.'),
  ('engineering-16', 'engineering', 16, 1, 'mateo-ruiz', :now - 3580 * 60000, null, 'Reading material about exactly that: https://brandur.org/idempotency-keys'),
  ('engineering-17', 'engineering', 17, 1, 'priya-nair', :now - 3570 * 60000, null, 'And https://www.rfc-editor.org/rfc/rfc8216 is NOT it, in case somebody else also mistypes RFC numbers at midnight.'),
  ('engineering-18', 'engineering', 18, 2, 'lina-berg', :now - 3180 * 60000, null, 'Dark mode: the reactions had too little contrast. Fixed, and the test looks at it now.'),
  ('engineering-19', 'engineering', 19, 1, 'kenji-mori', :now - 2240 * 60000, null, 'Restarting node 2 in five minutes. Nobody should notice; please shout if you do.'),
  ('engineering-20', 'engineering', 20, 1, 'kenji-mori', :now - 2228 * 60000, null, 'Done. Did anybody notice?'),
  ('engineering-21', 'engineering', 21, 5, 'sam-whitfield', :now - 2226 * 60000, 'engineering-20', 'Notice what?'),
  ('engineering-22', 'engineering', 22, 7, 'ada-okafor', :now - 1740 * 60000, null, '@Priya Nair Your first release went out an hour ago and it is boring in the best possible way. Well done!'),
  ('engineering-23', 'engineering', 23, 1, 'priya-nair', :now - 1730 * 60000, null, 'Thank you all, I only refreshed the dashboard four hundred times.'),
  ('engineering-24', 'engineering', 24, 1, 'mateo-ruiz', :now - 400 * 60000, null, 'Today: vacuum settings, then lunch, then vacuum settings.'),
  ('engineering-25', 'engineering', 25, 1, 'kenji-mori', :now - 130 * 60000, null, '@Mateo Ruiz @Ada Okafor Load test on staging this afternoon. Ten thousand connections, one slow reader among them.'),
  ('engineering-26', 'engineering', 26, 3, 'ada-okafor', :now - 118 * 60000, 'engineering-25', 'I will bring popcorn.')
  on conflict do nothing;

-- random
insert into messages (id, conversation_id, seq, rev, author_id, at, reply_to, text) values
  ('random-1', 'random', 1, 1, 'lina-berg', :now - 7300 * 60000, null, 'Which plant survives an office without windows?'),
  ('random-2', 'random', 2, 1, 'sam-whitfield', :now - 7292 * 60000, null, 'A cactus. Or a picture of a cactus.'),
  ('random-3', 'random', 3, 2, 'noura-haddad', :now - 7280 * 60000, null, 'A ZZ plant. Mine has outlived two chairs.'),
  ('random-4', 'random', 4, 4, 'lina-berg', :now - 5820 * 60000, 'random-3', 'I bought the ZZ plant. Its name is Zorro.'),
  ('random-5', 'random', 5, 6, 'kenji-mori', :now - 5020 * 60000, null, 'Evening walk yesterday.'),
  ('random-6', 'random', 6, 1, 'priya-nair', :now - 5010 * 60000, 'random-5', 'That is not fair, I have a wall.'),
  ('random-7', 'random', 7, 1, 'mateo-ruiz', :now - 4380 * 60000, null, 'Lunch poll: 🍜 or 🌮?'),
  ('random-8', 'random', 8, 1, 'sam-whitfield', :now - 4378 * 60000, null, '🌮🌮🌮'),
  ('random-9', 'random', 9, 1, 'ada-okafor', :now - 4377 * 60000, null, '🍜'),
  ('random-10', 'random', 10, 1, 'lina-berg', :now - 4375 * 60000, null, '👩🏽‍🍳 says 🍜, and 👨‍👩‍👧‍👦 at home say 🌮. I abstain.'),
  ('random-11', 'random', 11, 3, 'mateo-ruiz', :now - 4360 * 60000, 'random-7', 'Two to one. Tacos it is.'),
  ('random-12', 'random', 12, 1, 'noura-haddad', :now - 3080 * 60000, null, 'Word of the day: يعني (yaʿni). It means "I mean", "so", "sort of", and holds every conversation together.'),
  ('random-13', 'random', 13, 3, 'kenji-mori', :now - 3060 * 60000, null, 'We have えっと. Same job.'),
  ('random-14', 'random', 14, 1, 'sam-whitfield', :now - 1940 * 60000, null, 'The coffee machine has opinions again.'),
  ('random-15', 'random', 15, 3, 'mateo-ruiz', :now - 1935 * 60000, 'random-14', 'Turn it off and on again. I am not even joking, I am a professional.'),
  ('random-16', 'random', 16, 1, 'sam-whitfield', :now - 1910 * 60000, null, 'It worked. I hate that it worked.'),
  ('random-17', 'random', 17, 7, 'ada-okafor', :now - 1500 * 60000, null, 'Friday: cake at three, in the kitchen or wherever you are. Bring your own if you are wherever you are.'),
  ('random-18', 'random', 18, 1, 'priya-nair', :now - 220 * 60000, null, '@Ada Okafor Is there a list of who brings what?'),
  ('random-19', 'random', 19, 1, 'ada-okafor', :now - 212 * 60000, 'random-18', '@Priya Nair There is now, and you are on it. Lemon?'),
  ('random-20', 'random', 20, 2, 'priya-nair', :now - 205 * 60000, null, 'Lemon.'),
  ('random-21', 'random', 21, 3, 'lina-berg', :now - 45 * 60000, null, 'Zorro has a new leaf. 🌱')
  on conflict do nothing;

insert into mentions (message_id, user_id, conversation_id, seq) values
  ('engineering-6', 'kenji-mori', 'engineering', 6),
  ('engineering-14', 'noura-haddad', 'engineering', 14),
  ('engineering-22', 'priya-nair', 'engineering', 22),
  ('engineering-25', 'ada-okafor', 'engineering', 25),
  ('engineering-25', 'mateo-ruiz', 'engineering', 25),
  ('random-18', 'ada-okafor', 'random', 18),
  ('random-19', 'priya-nair', 'random', 19),
  ('welcome-9', 'priya-nair', 'welcome', 9)
  on conflict do nothing;

insert into reactions (message_id, rev, user_id, emoji) values
  ('engineering-1', 2, 'mateo-ruiz', '👍'),
  ('engineering-1', 3, 'priya-nair', '👍'),
  ('engineering-2', 2, 'kenji-mori', '😂'),
  ('engineering-2', 3, 'ada-okafor', '😂'),
  ('engineering-6', 2, 'kenji-mori', '🎉'),
  ('engineering-6', 3, 'ada-okafor', '🎉'),
  ('engineering-6', 4, 'priya-nair', '😮'),
  ('engineering-9', 2, 'priya-nair', '👍'),
  ('engineering-9', 3, 'mateo-ruiz', '👍'),
  ('engineering-11', 2, 'sam-whitfield', '👍'),
  ('engineering-12', 2, 'lina-berg', '😂'),
  ('engineering-12', 3, 'ada-okafor', '😂'),
  ('engineering-12', 4, 'kenji-mori', '😂'),
  ('engineering-12', 5, 'mateo-ruiz', '😂'),
  ('engineering-18', 2, 'noura-haddad', '❤️'),
  ('engineering-21', 2, 'kenji-mori', '😂'),
  ('engineering-21', 3, 'mateo-ruiz', '😂'),
  ('engineering-21', 4, 'lina-berg', '😂'),
  ('engineering-21', 5, 'ada-okafor', '🎉'),
  ('engineering-22', 2, 'kenji-mori', '🎉'),
  ('engineering-22', 3, 'lina-berg', '🎉'),
  ('engineering-22', 4, 'sam-whitfield', '🎉'),
  ('engineering-22', 5, 'noura-haddad', '🎉'),
  ('engineering-22', 6, 'mateo-ruiz', '🎉'),
  ('engineering-22', 7, 'priya-nair', '❤️'),
  ('engineering-26', 2, 'kenji-mori', '😂'),
  ('engineering-26', 3, 'priya-nair', '😂'),
  ('random-3', 2, 'lina-berg', '👍'),
  ('random-4', 2, 'noura-haddad', '❤️'),
  ('random-4', 3, 'ada-okafor', '❤️'),
  ('random-4', 4, 'sam-whitfield', '😂'),
  ('random-5', 2, 'lina-berg', '😮'),
  ('random-5', 3, 'priya-nair', '😮'),
  ('random-5', 4, 'ada-okafor', '❤️'),
  ('random-5', 5, 'noura-haddad', '❤️'),
  ('random-5', 6, 'sam-whitfield', '❤️'),
  ('random-11', 2, 'sam-whitfield', '🎉'),
  ('random-11', 3, 'ada-okafor', '😢'),
  ('random-13', 2, 'noura-haddad', '👍'),
  ('random-13', 3, 'priya-nair', '👍'),
  ('random-15', 2, 'sam-whitfield', '😂'),
  ('random-15', 3, 'kenji-mori', '😂'),
  ('random-17', 2, 'sam-whitfield', '🎉'),
  ('random-17', 3, 'lina-berg', '🎉'),
  ('random-17', 4, 'priya-nair', '🎉'),
  ('random-17', 5, 'mateo-ruiz', '🎉'),
  ('random-17', 6, 'kenji-mori', '🎉'),
  ('random-17', 7, 'noura-haddad', '🎉'),
  ('random-20', 2, 'ada-okafor', '❤️'),
  ('random-21', 2, 'noura-haddad', '🎉'),
  ('random-21', 3, 'sam-whitfield', '🎉'),
  ('welcome-1', 2, 'mateo-ruiz', '👍'),
  ('welcome-1', 3, 'lina-berg', '👍'),
  ('welcome-1', 4, 'kenji-mori', '👍'),
  ('welcome-1', 5, 'priya-nair', '🎉'),
  ('welcome-1', 6, 'sam-whitfield', '🎉'),
  ('welcome-5', 2, 'mateo-ruiz', '😂'),
  ('welcome-5', 3, 'sam-whitfield', '😂'),
  ('welcome-7', 2, 'sam-whitfield', '❤️'),
  ('welcome-7', 3, 'lina-berg', '❤️'),
  ('welcome-11', 2, 'ada-okafor', '❤️'),
  ('welcome-11', 3, 'lina-berg', '❤️'),
  ('welcome-11', 4, 'priya-nair', '❤️'),
  ('welcome-16', 2, 'mateo-ruiz', '🎉'),
  ('welcome-16', 3, 'noura-haddad', '👍'),
  ('welcome-16', 4, 'kenji-mori', '👍'),
  ('welcome-17', 2, 'ada-okafor', '🎉'),
  ('welcome-17', 3, 'kenji-mori', '🎉'),
  ('welcome-17', 4, 'priya-nair', '🎉'),
  ('welcome-17', 5, 'lina-berg', '🎉')
  on conflict do nothing;
