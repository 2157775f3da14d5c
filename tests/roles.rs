//! Roles and affiliations of people: one phrase for each decision that the rules make.
//!
//! A line is a text and, after each ` | `, what one of its people must have: `NAME: ROLE; ROLE @ AFFILIATION`. A name with
//! nothing after it is a near miss: that person must have no role and no affiliation.

mod common;

use common::dispaccio;
use serde_json::Value;

/// English phrases.
const ENGLISH: &[&str] = &[
    "Former Prime Minister Helen Marwick spoke in Leeds. | Helen Marwick: Former Prime Minister",
    "The talks were led by Norwegian Foreign Minister Ingrid Solberg. | Ingrid Solberg: Norwegian Foreign Minister",
    "Italy's Environment Minister, Corrado Albini, flew over the area. | Corrado Albini: Italy's Environment Minister",
    "US Treasury Secretary Daniel Whitlock met reporters. | Daniel Whitlock: US Treasury Secretary @ US Treasury",
    "Senate President Oscar Delgado adjourned the session. | Oscar Delgado: Senate President @ Senate",
    "Finance Minister and Coastal Labour Party (CLP) leader Martin Okello resigned. | Martin Okello: Finance Minister; Coastal Labour Party (CLP) leader @ Coastal Labour Party",
    "Painter and sculptor Peter Vance won the prize. | Peter Vance: Painter and sculptor",
    "She trusts a play by director Laura Benning, who lives in Bath. | Laura Benning: director",
    "A book on late jazz singer Nora Whitfield is out. | Nora Whitfield: jazz singer",
    "The critics praise action star David Mercer for his patience. | David Mercer: action star",
    "Frost ruined olive grower Samuel Hodge. | Samuel Hodge: olive grower",
    "Reuters reporter Anna Kowalska was there. | Anna Kowalska: Reuters reporter @ Reuters",
    "Interpol's director of operations, Marcus Adeyemi, warned them. | Marcus Adeyemi: Interpol's director of operations @ Interpol",
    "The ambassador of Chile in Lisbon, Rodrigo Fuentes, left early. | Rodrigo Fuentes: ambassador of Chile in Lisbon",
    "The Ambassador of Kenya in Lisbon Joseph Kamau left early. | Joseph Kamau: Ambassador of Kenya in Lisbon",
    "The Minister of Health and Sport, Dr Priya Raman, cut the ribbon. | Priya Raman: Minister of Health and Sport",
    "The president of the European Commission, Ursula Brandt, agreed. | Ursula Brandt: president of the European Commission @ European Commission",
    "Laura Conti, president of the European Commission, agreed. | Laura Conti: president of the European Commission @ European Commission",
    "Robert Gaines, the former mayor of Cleveland, was fined. | Robert Gaines: former mayor of Cleveland",
    "Robert Gaines, 61, a former intelligence officer, was fined. | Robert Gaines: former intelligence officer",
    "Robert Gaines, aged 61, a retired judge, was fined. | Robert Gaines: retired judge",
    "Robert Gaines, a 61-year-old surgeon, was fined. | Robert Gaines: surgeon",
    "“It leaves no trace,” said Margaret Olsen, lead author of the report. | Margaret Olsen: lead author of the report",
    "Margaret Olsen, of Trinity College, and four colleagues read the logs. | Margaret Olsen: @ Trinity College",
    "Margaret Olsen, a spokeswoman for Greenpeace, declined to comment. | Margaret Olsen: spokeswoman for Greenpeace @ Greenpeace",
    "Margaret Olsen, a Greenpeace spokeswoman, declined to comment. | Margaret Olsen: Greenpeace spokeswoman @ Greenpeace",
    "Margaret Olsen, director of Amnesty International, and James Ford, head of research, signed. | Margaret Olsen: director of Amnesty International @ Amnesty International | James Ford: head of research",
    "Margaret Olsen, chairwoman and chief executive of Barclays, resigned. | Margaret Olsen: chairwoman and chief executive of Barclays @ Barclays",
    "Margaret Olsen, president of Iceland and a former actress, resigned. | Margaret Olsen: president of Iceland; former actress",
    "Margaret Olsen (chief executive) did not reply. | Margaret Olsen: chief executive",
    "Margaret Olsen (co-founder, Microsoft) did not reply. | Margaret Olsen: co-founder @ Microsoft",
    "Margaret Olsen is the chief prosecutor of Bergen. | Margaret Olsen: chief prosecutor of Bergen",
    "Margaret Olsen was a professor at Harvard University. | Margaret Olsen: professor at Harvard University @ Harvard University",
    "Margaret Olsen, who is now the governor of Alaska, spoke. | Margaret Olsen: governor of Alaska",
    "Margaret Olsen, who served as finance minister, spoke. | Margaret Olsen: finance minister",
    "Foreign ministers Anatol Berger and Ivan Petrov met in Vienna. | Anatol Berger: Foreign ministers | Ivan Petrov: Foreign ministers",
    "Ministers Anatol Berger, Ivan Petrov and Louise Martin met. | Anatol Berger: Ministers | Ivan Petrov: Ministers | Louise Martin: Ministers",
    "General Aldo Quarti and Colonel Sandra Palmer led the search. | Aldo Quarti: General | Sandra Palmer: Colonel",
    "Lieutenant Commander Nick Vardas steered the ship. | Nick Vardas: Lieutenant Commander",
    "Justice Anil Mehta dismissed the appeal. | Anil Mehta: Justice",
    "King Harald met Queen Margrethe in Oslo. | Harald: King | Margrethe: Queen",
    "Pope Benedict received the bishops. | Benedict: Pope",
    "Father Thomas Reilly opened the church. | Thomas Reilly: Father",
    "Judge Georgia Whitman asked for silence. | Georgia Whitman: Judge",
    "Opposition senator Emma Dunn asked why. | Emma Dunn: Opposition senator",
    "Emma Dunn, an opposition senator, asked why. | Emma Dunn: opposition senator",
    "Owen Tarrow, the City minister, called them dismal. | Owen Tarrow: City minister",
    "Its captain, Charles Novak, was sent off. | Charles Novak: captain",
    "Dr Helen Marwick examined him. | Helen Marwick:",
    "Mr Robert Gaines and Mrs Emma Dunn were at home. | Robert Gaines: | Emma Dunn:",
    "His wife, Emma Dunn, was at home. | Emma Dunn:",
    "His brother Robert Gaines was at home. | Robert Gaines:",
    "The victim, Robert Gaines, was at home. | Robert Gaines:",
    "Police named the suspect as Robert Gaines on Monday. | Robert Gaines:",
    "Robert Gaines, who owns two dogs, was at home. | Robert Gaines:",
    "Robert Gaines, however, was at home. | Robert Gaines:",
    "Robert Gaines was a warning to others. | Robert Gaines:",
    "A man, Robert Gaines, was at home. | Robert Gaines:",
    "Emma Dunn's death shocked Robert Gaines. | Robert Gaines: | Emma Dunn:",
    "The minister said Robert Gaines would resign. | Robert Gaines:",
    "After meeting the president, Robert Gaines and Emma Dunn flew home. | Robert Gaines: | Emma Dunn:",
    "Robert Gaines thanked the director and Emma Dunn left. | Robert Gaines: | Emma Dunn:",
    "Robert Gaines, 61, from Leeds, was fined. | Robert Gaines:",
    "Robert Gaines and the mayor of Leeds were fined. | Robert Gaines:",
    "Robert Gaines took over as interior minister wanted a change. | Robert Gaines:",
    "Robert Gaines met Mayor Emma Dunn. | Robert Gaines: | Emma Dunn: Mayor",
    "Robert Gaines, Mayor Emma Dunn and others left. | Robert Gaines: | Emma Dunn: Mayor",
    "Robert Gaines, of Leeds, was fined. | Robert Gaines:",
    "Robert Gaines (Reuters) was fined. | Robert Gaines: @ Reuters",
    "Tomas Reznik is a Slovak reporter for Reuters. | Tomas Reznik: Slovak reporter for Reuters @ Reuters",
    "Trump's lawyer Robert Gaines replied. | Robert Gaines: Trump's lawyer",
    "Vice-president Robert Gaines replied. | Robert Gaines: Vice-president",
    "Ex-minister Robert Gaines replied. | Robert Gaines: Ex-minister",
    "Robert Gaines, chief financial officer at Nestle, replied. | Robert Gaines: chief financial officer at Nestle @ Nestle",
    "Secretary-General Robert Gaines replied. | Robert Gaines: Secretary-General",
    "World Bank President Robert Gaines replied. | Robert Gaines: World Bank President @ World Bank",
    "Robert Gaines, head of the World Bank in Africa, replied. | Robert Gaines: head of the World Bank in Africa @ World Bank",
    "Robert Gaines, then head of the World Bank, replied. | Robert Gaines: head of the World Bank @ World Bank",
    "The mayor, Robert Gaines, the bishop, Thomas Reilly, and others left. | Robert Gaines: mayor | Thomas Reilly: bishop",
    "Robert Gaines, the mayor, met Thomas Reilly. | Robert Gaines: mayor | Thomas Reilly:",
    "From Washington, the president, Robert Gaines, replied. | Robert Gaines: president",
    "The founder of the private equity firm Xerxon, Robert Gaines, replied. | Robert Gaines: founder of the private equity firm Xerxon",
    "King of the Belgians Leopold Vance replied. | Leopold Vance: King of the Belgians",
    "The foreign ministers, Anatol Berger and Ivan Petrov, met. | Anatol Berger: foreign ministers | Ivan Petrov: foreign ministers",
    "Emma Dunn and Robert Gaines, founders of the club, met. | Emma Dunn: founders of the club | Robert Gaines: founders of the club",
];

/// Italian phrases.
const ITALIAN: &[&str] = &[
    "L'ex presidente del Consiglio Marcello Ferri è a Bari. | Marcello Ferri: ex presidente del Consiglio",
    "Il ministro degli Esteri italiano Marcello Ferri è a Bari. | Marcello Ferri: ministro degli Esteri italiano",
    "Il generale Paolo Conti parla ai giornali. | Paolo Conti: generale",
    "Paolo Conti, comandante della Guardia costiera, è arrivato. | Paolo Conti: comandante della Guardia costiera @ Guardia costiera",
    "Il medico chirurgo Paolo Conti è arrivato. | Paolo Conti: medico chirurgo",
    "Giornalista e scrittore, Paolo Conti vive a Bari. | Paolo Conti: Giornalista e scrittore",
    "Il superiore dei gesuiti di Lodi, padre Paolo Conti, ha aperto il convegno. | Paolo Conti: superiore dei gesuiti di Lodi; padre",
    "Il padre Paolo Conti lo aspettava a casa. | Paolo Conti:",
    "Suo padre Paolo Conti lo aspettava a casa. | Paolo Conti:",
    "Il gestore della Pensione Aurora, Paolo Conti, si è scusato. | Paolo Conti: gestore della Pensione Aurora",
    "Paolo Conti (direttore sanitario) tace. | Paolo Conti: direttore sanitario",
    "Paolo Conti (Pd) si oppone. | Paolo Conti: @ Pd",
    "Paolo Conti, del Partito democratico, si oppone. | Paolo Conti: @ Partito democratico",
    "Il deputato Paolo Conti, del Partito Democratico, si oppone. | Paolo Conti: deputato @ Partito Democratico",
    "Il pm Paolo Conti della Procura di Milano ha chiesto il carcere. | Paolo Conti: pm @ Procura di Milano",
    "I ministri Paolo Conti e Sandra Neri sono partiti. | Paolo Conti: ministri | Sandra Neri: ministri",
    "La solidarietà dei ministri Paolo Conti, Luca Serra e Sandra Neri è arrivata. | Paolo Conti: ministri | Luca Serra: ministri | Sandra Neri: ministri",
    "Paolo Conti, vicepresidente dei verdi al Senato, si oppone. | Paolo Conti: vicepresidente dei verdi al Senato @ Senato",
    "Paolo Conti, 54 anni, ex soldato, è stato fermato. | Paolo Conti: ex soldato",
    "L'ex tassista Paolo Conti, di 37 anni, si è scusato. | Paolo Conti: ex tassista",
    "Paolo Conti, testimone dell'accusa, vive sotto scorta. | Paolo Conti: testimone dell'accusa",
    "Paolo Conti, direttore della divisione marina della Nasa, ha risposto. | Paolo Conti: direttore della divisione marina della Nasa @ Nasa",
    "Paolo Conti, segretario provinciale della Fiom, ha risposto. | Paolo Conti: segretario provinciale della Fiom @ Fiom",
    "La portavoce di Eurojust Anna Verri ha risposto. | Anna Verri: portavoce di Eurojust @ Eurojust",
    "Anna Verri, presidente della Croce Rossa e sottosegretaria alla Difesa, ha risposto. | Anna Verri: presidente della Croce Rossa; sottosegretaria alla Difesa @ Croce Rossa",
    "Anna Verri, assessora alla Sanità, ha risposto. | Anna Verri: assessora alla Sanità",
    "Il gip del Tribunale di Catania Anna Verri ha firmato. | Anna Verri: gip del Tribunale di Catania @ Tribunale di Catania",
    "La gip Anna Verri e il pm Paolo Conti hanno firmato. | Anna Verri: gip | Paolo Conti: pm",
    "Il comandante provinciale della Guardia di Finanza, colonnello Paolo Conti, parla. | Paolo Conti: comandante provinciale della Guardia di Finanza; colonnello @ Guardia di Finanza",
    "Il vescovo, monsignor Paolo Conti, ha celebrato la messa. | Paolo Conti: vescovo; monsignor",
    "L'amministratore delegato di Eni Paolo Conti ha risposto. | Paolo Conti: amministratore delegato di Eni @ Eni",
    "L'ad di Eni, Paolo Conti, ha risposto. | Paolo Conti: ad di Eni @ Eni",
    "Anna Verri è la nuova presidente della Consob. | Anna Verri: presidente della Consob @ Consob",
    "Anna Verri è presidente della Consob. | Anna Verri: presidente della Consob @ Consob",
    "Anna Verri, che era sindaca di Parma, ha risposto. | Anna Verri: sindaca di Parma",
    "Anna Verri è stata eletta sindaca di Parma. | Anna Verri: sindaca di Parma",
    "Anna Verri, l'avvocata di Paolo Conti, ha risposto. | Anna Verri: avvocata di Paolo Conti | Paolo Conti:",
    "Anna Verri, direttrice di Greenpeace, e Paolo Conti, capo della Protezione civile, hanno firmato. | Anna Verri: direttrice di Greenpeace @ Greenpeace | Paolo Conti: capo della Protezione civile @ Protezione civile",
    "Il presidente della Regione Lazio Paolo Conti ha risposto. | Paolo Conti: presidente della Regione Lazio @ Regione Lazio",
    "Il sindaco di Roma, Paolo Conti, ha risposto. | Paolo Conti: sindaco di Roma",
    "Il premier israeliano Ehud Barnea ha risposto. | Ehud Barnea: premier israeliano",
    "L'imprenditore catanese Paolo Conti ha risposto. | Paolo Conti: imprenditore catanese",
    "Il magistrato di turno, Anna Verri, ha fatto un sopralluogo. | Anna Verri: magistrato di turno",
    "Il Chief Executive Officer di Google, Anna Verri, ha risposto. | Anna Verri: Chief Executive Officer di Google @ Google",
    "La vicequestora Anna Verri, dirigente della Polizia postale, ha risposto. | Anna Verri: vicequestora; dirigente della Polizia postale @ Polizia postale",
    "Papa Giovanni ricevette i vescovi. | Giovanni: Papa",
    "Suor Anna Verri insegna a Lodi. | Anna Verri: Suor",
    "Don Paolo Conti ha aperto la chiesa. | Paolo Conti: Don",
    "Il dottor Paolo Conti lo ha visitato. | Paolo Conti:",
    "Il signor Paolo Conti era in casa. | Paolo Conti:",
    "La moglie, Anna Verri, era in casa. | Anna Verri:",
    "Il fratello Paolo Conti era in casa. | Paolo Conti:",
    "La vittima, Paolo Conti, era in casa. | Paolo Conti:",
    "L'indagato Paolo Conti era in casa. | Paolo Conti:",
    "Paolo Conti, che ha due cani, era in casa. | Paolo Conti:",
    "Paolo Conti, invece, era in casa. | Paolo Conti:",
    "Paolo Conti era la causa di tutto. | Paolo Conti:",
    "Il presidente accusa Paolo Conti di furto. | Paolo Conti:",
    "Il ministro ha detto che Paolo Conti resta. | Paolo Conti:",
    "Dopo il ministro, Paolo Conti e Anna Verri sono partiti. | Paolo Conti: | Anna Verri:",
    "Paolo Conti ringrazia il direttore e Anna Verri parte. | Paolo Conti: | Anna Verri:",
    "Paolo Conti è andato ad Ischia con Anna Verri. | Paolo Conti: | Anna Verri:",
    "Paolo Conti e il sindaco di Parma sono partiti. | Paolo Conti:",
    "Paolo Conti, il sindaco Anna Verri e altri sono partiti. | Paolo Conti: | Anna Verri: sindaco",
    "Paolo Conti, di Parma, era in casa. | Paolo Conti:",
    "Paolo Conti, 54 anni, di Parma, era in casa. | Paolo Conti:",
    "Il commissario europeo Paolo Conti ha risposto. | Paolo Conti: commissario europeo",
    "Paolo Conti, già ministro della Giustizia, ha risposto. | Paolo Conti: ministro della Giustizia",
    "Paolo Conti, pittore di paesaggi marini, morì povero. | Paolo Conti: pittore di paesaggi marini",
    "Il sindaco, Paolo Conti, il vescovo, Luca Serra, e altri sono partiti. | Paolo Conti: sindaco | Luca Serra: vescovo",
    "I capigruppo di Forza Italia, Paolo Conti e Anna Verri, sono partiti. | Paolo Conti: capigruppo di Forza Italia @ Forza Italia | Anna Verri: capigruppo di Forza Italia @ Forza Italia",
    "Da New York, il presidente, Paolo Conti, ha risposto. | Paolo Conti: presidente",
    "Il presidente della Coldiretti Paolo Conti, il fondatore di Eataly Luca Serra e altri sono partiti. | Paolo Conti: presidente della Coldiretti @ Coldiretti | Luca Serra: fondatore di Eataly @ Eataly",
    "Il presidente della Repubblica, Paolo Conti, ha risposto. | Paolo Conti: presidente della Repubblica",
    "Il condannato Paolo Conti ha risposto. | Paolo Conti:",
];

/// The parts of a list that `mark` separates, sorted, without what is empty.
fn parts(list: &str, mark: char) -> Vec<String> {
    let mut parts: Vec<String> = list.split(mark).map(|p| p.trim().to_owned()).filter(|p| !p.is_empty()).collect();
    parts.sort();
    parts
}

/// A list of a person in a record, sorted.
fn list(person: &Value, key: &str) -> Vec<String> {
    let mut list: Vec<String> = person[key].as_array().expect(key).iter().map(|v| v.as_str().expect(key).to_owned()).collect();
    list.sort();
    list
}

/// Runs all phrases of a language and tells every person who has not what the line says.
fn hold(language: &str, phrases: &[&str]) {
    let texts: Vec<String> = phrases.iter().map(|p| p.split(" | ").next().unwrap_or_default().to_owned()).collect();
    let input: Vec<String> = texts.iter().map(|text| serde_json::json!({"id": "x", "text": text}).to_string()).collect();
    let ran = dispaccio(&["--lang", language, "--input", "jsonl", "--format", "jsonl"], input.join("\n"));
    let records = ran.records();
    assert_eq!(records.len(), phrases.len(), "{}", ran.err);
    let mut wrong = Vec::new();
    for ((phrase, text), record) in phrases.iter().zip(&texts).zip(&records) {
        for wanted in phrase.split(" | ").skip(1) {
            let (name, attached) = wanted.split_once(':').expect("a colon after the name");
            let (roles, affiliations) = attached.split_once('@').unwrap_or((attached, ""));
            let people = record["people"].as_array().expect("people");
            let Some(person) = people.iter().find(|p| p["name"] == name) else {
                wrong.push(format!("{text}\n    finds no {name}"));
                continue;
            };
            for (key, wants) in [("roles", parts(roles, ';')), ("affiliations", parts(affiliations, ';'))] {
                let gives = list(person, key);
                if gives != wants {
                    wrong.push(format!("{text}\n    {name}: {key} {gives:?}, not {wants:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn english_people_have_the_roles_that_the_text_gives_them() {
    hold("en", ENGLISH);
}

#[test]
fn italian_people_have_the_roles_that_the_text_gives_them() {
    hold("it", ITALIAN);
}
